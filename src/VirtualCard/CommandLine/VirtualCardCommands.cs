using System.Security.Cryptography;
using Jpki.VirtualCard.Keys;
using Jpki.VirtualCard.Readers;

namespace Jpki.VirtualCard.CommandLine;

/// <summary>The console: make a card, put it into a virtual reader, show what it tells anyone.</summary>
internal static class VirtualCardCommands
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    private const string Help = """
        virtualcard: a My Number card in software, for development and tests. SIMULATED: reading and signing
        follow the real card, personalisation commands are our own. Keys and PINs lie in the clear in its file.

          virtualcard make --file FILE --serial DIGITS15 --municipality DIGITS5 --expires YYYY-MM-DD
                           --name NAME --address ADDRESS --born YYYY-MM-DD --sex 1|2|3 --terminal-authority PEM
              Makes a blank card. PEM is a file with the P-256 public key of the authority for terminals.
          virtualcard insert --file FILE [--port PORT]
              Puts the card into the virtual reader (vpcd) at the port, 40000 unless given; takes it out at
              Ctrl-C or the end of input.
          virtualcard show --file FILE
              Shows what the card tells without a PIN.

        Exit codes: 0 done, 1 failed, 2 wrong usage.
        """;

    public static async Task<int> RunAsync(
        string[] args, TextReader input, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            if (args is not [var verb, .. var rest])
                return Print(error, Help, Misused);
            return verb switch
            {
                "make" => Make(rest, output),
                "insert" => await InsertAsync(rest, input, output, cancellationToken),
                "show" => Show(rest, output),
                "--help" or "-h" or "help" => Print(output, Help, Done),
                _ => throw new UsageException($"Unknown command '{verb}'."),
            };
        }
        catch (OperationCanceledException)
        {
            return Done;
        }
        catch (Exception e) when (e is UsageException or ArgumentException)
        {
            return Print(error, $"virtualcard: {e.Message} Try 'virtualcard --help'.", Misused);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or TimeoutException)
        {
            return Print(error, $"virtualcard: {e.Message}", Failed);
        }
    }

    private static int Make(string[] rest, TextWriter output)
    {
        var options = new CommandArguments(rest,
            "--file", "--serial", "--municipality", "--expires", "--name", "--address", "--born", "--sex", "--terminal-authority");
        if (options["--sex"] is not [var sex])
            throw new UsageException("Option '--sex' is 1, 2 or 3.");
        var face = new FaceAttributes(options["--name"], options["--address"], options.Date("--born"), sex);
        var authority = PublicKeyPoint(options["--terminal-authority"]);
        var order = new CardOrder(options["--serial"], options["--municipality"], options.Date("--expires"), authority, face);
        SoftCard.Manufacture(order, options["--file"]);
        return Print(output, $"Simulated card {order.CardSerial} made.", Done);
    }

    private static async Task<int> InsertAsync(string[] rest, TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new CommandArguments(rest, "--file", "--port");
        var slot = new VpcdOptions { Port = options.Port("--port", otherwise: 40000), ReinsertOnReconnect = true };
        await using var keys = new RsaKeyPool();
        var card = SoftCard.Load(options["--file"], keys);
        await using var inserted = await VpcdConnection.InsertAsync(card, slot, cancellationToken);
        Print(output, $"Simulated card {card.Facts.CardSerial} is in the reader at port {slot.Port}. Ctrl-C takes it out.", Done);
        await await Task.WhenAny(inserted.Removed, EndOfInputAsync(input, cancellationToken));
        return Done;
    }

    private static int Show(string[] rest, TextWriter output)
    {
        var facts = SoftCard.Load(new CommandArguments(rest, "--file")["--file"]).Facts;
        output.WriteLine($"simulated card       {facts.CardSerial}");
        output.WriteLine($"municipality         {facts.MunicipalityCode}");
        output.WriteLine($"valid until          {facts.ExpiresOn:yyyy-MM-dd}");
        output.WriteLine($"signature            {Presence(facts.HasSignatureCertificate)}");
        output.WriteLine($"user authentication  {Presence(facts.HasUserAuthenticationCertificate)}");
        foreach (var (pin, tries) in facts.TriesLeft)
            output.WriteLine($"PIN {pin} tries left  {tries}");
        return Done;
    }

    private static string Presence(bool present) => present ? "present" : "absent";

    /// <summary>Ends with the input or by cancellation, whichever is first; reading a console cannot be cancelled.</summary>
    private static async Task EndOfInputAsync(TextReader input, CancellationToken cancellationToken)
    {
        var ended = Task.Run(() =>
        {
            while (input.ReadLine() is not null)
            {
                // Only the end counts.
            }
        }, CancellationToken.None);
        await ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static byte[] PublicKeyPoint(string pemFile)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(pemFile));
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"'{pemFile}' holds no elliptic curve key in PEM.");
        }
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0x04, .. point.X!, .. point.Y!];
    }

    private static int Print(TextWriter to, string text, int code)
    {
        to.WriteLine(text);
        return code;
    }
}
