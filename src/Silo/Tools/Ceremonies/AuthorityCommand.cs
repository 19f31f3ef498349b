using System.CommandLine;
using Jpki.Pki.Keys;
using Jpki.Silo.Configuration;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary>
/// <c>authority</c>: the ceremonies at which the authorities' keys are made, renewed and destroyed, by two officers at one machine
/// (docs/operations.md).
/// </summary>
/// <remarks>Status 0: done. 1: refused, and nothing is changed; the reason is on the standard error. 2: the command was not understood.</remarks>
public static class AuthorityCommand
{
    internal const int Done = 0;
    internal const int Refused = 1;
    internal const int Usage = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, SiloOptions options, bool production)
    {
        // Only a root command answers --help.
        var root = new RootCommand("The silo's program without further words serves; see docs/operations.md.") { Create(new(options, production)) };
        var parsed = root.Parse(arguments);
        var status = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? Usage : status;
    }

    internal static string Word(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.Rsa2048Sha256 ? "rsa-2048" : "ecdsa-p384";

    private static Command Create(Installation installation) => new(
        "authority",
        """
        Makes, renews and destroys the keys of the two certification authorities.
        Status: 0 done, 1 refused (nothing is changed), 2 not understood.
        """)
    {
        CreateCommand.Create(installation),
        RollCommand.Create(installation),
        RetireCommand.Create(installation),
        ListCommand.Create(installation),
    };
}
