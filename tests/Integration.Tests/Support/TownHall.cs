using System.Net.Http.Headers;
using System.Net.Http.Json;
using Jpki.Counter.Gateway.BackOffice;
using Jpki.Counter.Gateway.Cards;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Silo.Security;
using Jpki.VirtualCard;

namespace Jpki.Integration.Tests.Support;

/// <summary>A running silo with readers, a terminal that the cards made here accept, and everybody's tokens.</summary>
public sealed class TownHall : IAsyncDisposable
{
    public const string CityHall = "132070001";
    private const string Audience = "jpki-orleans";

    private readonly TemporaryFolder _folder = new();
    private readonly TerminalAuthority _authority = TerminalAuthority.Create();
    private readonly Dictionary<(string Role, string? Office), HttpClient> _lines = [];

    private TownHall(ReaderHall readers) => Readers = readers;

    public ReaderHall Readers { get; }

    public SiloProcess Silo { get; private set; } = null!;

    internal FileTerminal Terminal { get; private set; } = null!;

    internal string TerminalKeyFile => _folder.In("terminal.pem");

    internal string TerminalCertificateFile => _folder.In("terminal.cert");

    internal BackOfficeClient Clerk => new(Line("clerk"));

    /// <param name="settings">Configuration of the silo besides the usual.</param>
    internal static Task<TownHall> OpenAsync(ReaderHall readers, params (string Name, string Value)[] settings) =>
        OpenAsync(readers, _ => Task.CompletedTask, settings);

    /// <param name="furnish">Told the silo's data folder before the silo starts.</param>
    internal static async Task<TownHall> OpenAsync(ReaderHall readers, Func<string, Task> furnish, params (string Name, string Value)[] settings)
    {
        var hall = new TownHall(readers);
        try
        {
            await furnish(hall._folder.In("silo"));
            FileTerminal.Provision(hall._authority, "AKISHIMA-01", new DateOnly(2099, 12, 31), hall.TerminalKeyFile, hall.TerminalCertificateFile);
            hall.Terminal = FileTerminal.Load(hall.TerminalKeyFile, hall.TerminalCertificateFile);
            hall.Silo = await SiloProcess.StartAsync(hall._folder.In("silo"), settings);
            return hall;
        }
        catch
        {
            hall._folder.Dispose();
            throw;
        }
    }

    /// <summary>Folder of the silo's local things.</summary>
    internal string InDataFolder(params string[] parts) => _folder.In(["silo", .. parts]);

    /// <summary>A development token for a role; clerks, supervisors and the registry get an office.</summary>
    internal string Token(string role, string? office) => DevelopmentTokens.Issue(
        DevelopmentTokens.OpenKey(InDataFolder("tokens", "development-key.pem")),
        Audience,
        $"{role}-1",
        role,
        office is null ? null : OfficeCode.Parse(office),
        TimeSpan.FromHours(1),
        TimeProvider.System);

    /// <summary>A line to the API signed in as a role, at the city hall where the role has an office.</summary>
    internal HttpClient Line(string role) => Line(role, role is "clerk" or "supervisor" or "registry" ? CityHall : null);

    internal HttpClient Line(string role, string? office)
    {
        lock (_lines)
        {
            return _lines.TryGetValue((role, office), out var line) ? line : _lines[(role, office)] = LineWith(Token(role, office));
        }
    }

    /// <summary>A line with any token, or none.</summary>
    internal HttpClient LineWith(string? token, Uri? address = null) => new()
    {
        BaseAddress = address ?? Silo.Address,
        Timeout = TimeSpan.FromSeconds(15),
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>The clerk's line over a wire of the test's own.</summary>
    internal HttpClient LineOver(HttpMessageHandler wire) => new(wire)
    {
        BaseAddress = Silo.Address,
        Timeout = TimeSpan.FromMinutes(1),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token("clerk", CityHall)) },
    };

    /// <summary>Sends a command as a role; it must be accepted.</summary>
    internal async Task<IReadOnlyList<ResidentEvent>> DoAsync(string role, ResidentId resident, ResidentCommand command)
    {
        var step = await new BackOfficeClient(Line(role)).SubmitAsync(resident, new CommandId(Guid.CreateVersion7()), command, TestContext.Current.CancellationToken);
        return step.Try(out var answer, out var stop)
            ? [.. answer.Events.Select(each => each.Event)]
            : throw new Xunit.Sdk.XunitException($"{command.Name()} was not accepted: {stop.Code}");
    }

    /// <summary>A resident the registry has made known.</summary>
    internal async Task<Person> RegisterAsync()
    {
        var person = Person.Next();
        await DoAsync("registry", person.Id, new RegisterResident(person.Attributes, new DateOnly(2020, 4, 1)));
        return person;
    }

    /// <summary>The person's blank card, as it comes from the factory.</summary>
    internal SoftCard CardFor(Person person) => SoftCard.Manufacture(
        new CardOrder(
            person.Card.Value,
            Person.Municipality.Value,
            Person.CardExpiresOn,
            _authority.PublicKey,
            new FaceAttributes(person.Attributes.Name, person.Attributes.Address, person.Attributes.BirthDate, (char)('0' + (int)person.Attributes.Sex))),
        keys: new KeyRing());

    /// <summary>Moves the played clock forward.</summary>
    internal async Task MoveClockAsync(DateTimeOffset to)
    {
        using var answer = await Line("administrator").PutAsJsonAsync("clock", new { to }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        foreach (var line in _lines.Values)
            line.Dispose();
        Terminal.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }
}
