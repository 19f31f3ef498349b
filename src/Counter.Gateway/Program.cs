using System.Text;
using Jpki.Counter.Gateway.Console;

Console.OutputEncoding = Encoding.UTF8;
Console.InputEncoding = Encoding.UTF8;
return await GatewayApp.RunAsync(args, Console.In, Console.Out, interactive: !Console.IsInputRedirected);
