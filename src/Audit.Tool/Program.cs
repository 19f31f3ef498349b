using System.Text;
using Jpki.Audit.Tool;

Console.OutputEncoding = Encoding.UTF8;
return await JpkiCommand.RunAsync(
    args, new(Console.Out, Console.Error, IsTerminal: !Console.IsOutputRedirected, Environment.GetEnvironmentVariable, TimeProvider.System), CancellationToken.None);
