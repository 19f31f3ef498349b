using System.CommandLine;
using Jpki.Domain.Identifiers;
using Jpki.Silo.Configuration;
using Jpki.Silo.Security;

namespace Jpki.Silo.Tools;

/// <summary><c>token</c>: prints a development token, for <c>run</c> and for trying the API by hand. Production does not accept it.</summary>
public static class TokenCommand
{
    public static Command Create(SiloOptions options)
    {
        var role = new Option<string>("--role") { Description = string.Join(", ", Actors.RoleNames), Required = true };
        role.AcceptOnlyFromAmong([.. Actors.RoleNames]);
        var office = new Option<string?>("--office") { Description = "9 digits, for clerks, supervisors and the registry" };
        var subject = new Option<string?>("--subject") { Description = "account name; default: the role" };
        var hours = new Option<int>("--hours") { Description = "how long it is good for", DefaultValueFactory = _ => 12 };
        var command = new Command("token", "Prints a development token (JWT). Production refuses it.") { role, office, subject, hours };
        command.SetAction(parsed =>
        {
            OfficeCode? code = null;
            if (parsed.GetValue(office) is { } text)
            {
                if (!OfficeCode.TryParse(text, null, out var parsedCode))
                    return Fail("--office is 9 digits, e.g. 132070001.");
                code = parsedCode;
            }

            var key = DevelopmentTokens.OpenKey(Authentication.DevelopmentKeyFile(options));
            var name = parsed.GetValue(role)!;
            Console.WriteLine(DevelopmentTokens.Issue(
                key, options.Tokens.Audience, parsed.GetValue(subject) ?? name, name, code, TimeSpan.FromHours(parsed.GetValue(hours)), TimeProvider.System));
            return 0;
        });
        return command;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
