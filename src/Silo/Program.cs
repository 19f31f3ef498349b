using Jpki.Silo.Api;
using Jpki.Silo.Configuration;
using Jpki.Silo.Tools;
using Jpki.Silo.Tools.Ceremonies;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
var options = builder.Configuration.Get<SiloOptions>() ?? new SiloOptions();
if (args is ["token", ..])
    return await TokenCommand.Create(options).Parse(args[1..]).InvokeAsync();
if (args is ["authority", ..])
    return await AuthorityCommand.RunAsync(args, options, builder.Environment.IsProduction());

try
{
    StartUpChecks.Refuse(options, builder.Environment.IsProduction());
    builder.Limit();
    builder.AddTownHall(options);
    var app = builder.Build();
    app.MapTownHall();
    await app.RunAsync();
    return 0;
}
catch (StartUpException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}
