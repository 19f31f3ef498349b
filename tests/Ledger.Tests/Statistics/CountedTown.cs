using System.Globalization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Statistics;
using Jpki.Ledger.Storage;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests.Statistics;

/// <summary>A ledger with its statistics, followed by hand or by followers of the test's own.</summary>
internal sealed class CountedTown : IAsyncDisposable
{
    private static readonly CardSerial _card = CardSerial.Parse("123456789012345");

    private readonly List<StatisticsFollower> _followers = [];

    private CountedTown(string connection, OpenLedger open)
    {
        (Connection, Open) = (connection, open);
        Incidents = new(open.Store, TimeProvider.System, Log);
        Views = new(open.Store, Incidents, TimeProvider.System);
        Horizon = new LedgerHorizon(open.Store);
    }

    public string Connection { get; }

    public OpenLedger Open { get; }

    public StatisticsViews Views { get; }

    public Incidents Incidents { get; }

    public LedgerHorizon Horizon { get; }

    public ListLogger<Incidents> Log { get; } = new();

    public StatisticsOptions Options { get; } = new() { LookEvery = TimeSpan.FromMilliseconds(20), CheckEvery = TimeSpan.FromMilliseconds(100) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<CountedTown> OnAsync(LocalServer server, string name)
    {
        var connection = await server.CreateDatabaseAsync(name);
        var town = new CountedTown(connection, await OpenLedger.OnAsync(connection));
        await StatisticsStore.PrepareAsync(town.Open.Store.Source, DateTimeOffset.UnixEpoch, Cancellation);
        return town;
    }

    /// <summary>Another process on the same database.</summary>
    public CountedTown Other() => new(Connection, OpenLedger.On(Connection));

    /// <summary>Residents who get a certificate each; of every third the card is torn, and every fifth loses it afterwards.</summary>
    public async Task LiveAsync(int from, int residents)
    {
        foreach (var number in Enumerable.Range(from, residents))
        {
            var person = new IssuedCertificate(number, IssuedCertificate.ScopeOf(1));
            await person.LiveAsync(Open.Ledger, EventsOf(person));
        }
    }

    public PageFold Pages(int events = 5_000)
    {
        Options.PageEvents = events;
        return new(Open.Store, Options, TimeProvider.System);
    }

    /// <summary>Page by page up to the newest event.</summary>
    public async Task FollowAsync(int pageEvents = 5_000)
    {
        var pages = Pages(pageEvents);
        var safe = await Horizon.SafeSequenceAsync(Cancellation);
        while ((await Views.StatusAsync(Cancellation)).Sequence < safe)
            await pages.NextAsync(safe, Cancellation);
    }

    /// <summary>Begins to follow, as a silo does.</summary>
    public async Task<StatisticsFollower> StartFollowerAsync()
    {
        var follower = new StatisticsFollower(Open.Store, new LedgerHorizon(Open.Store), Incidents, Options, TimeProvider.System, new ListLogger<StatisticsFollower>());
        _followers.Add(follower);
        await follower.StartAsync(Cancellation);
        return follower;
    }

    public Task CaughtUpAsync() => Eventually.TrueAsync(async () => (await Views.StatusAsync(Cancellation)).Behind == 0);

    /// <summary>The cells as they are kept, a line each.</summary>
    public async Task<IReadOnlyList<string>> KeptAsync() =>
        await Views.CellsAsync(new(), cancellation: Cancellation).Select(each => Line(each.Key, each.Sum)).Order(StringComparer.Ordinal).ToListAsync(Cancellation);

    /// <summary>The cells that the ledger's events give, folded past the views.</summary>
    public async Task<IReadOnlyList<string>> TrueAsync()
    {
        var (sums, facts) = (new CellSums(), new Dictionary<ResidentId, ResidentFacts>());
        await foreach (var recorded in Open.Ledger.ReadAllAsync(Cancellation))
            facts[recorded.Resident] = StatisticsFold.With(facts.GetValueOrDefault(recorded.Resident, ResidentFacts.None), recorded, sums);
        return [.. sums.All.Select(each => Line(each.Key, each.Value)).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var follower in _followers)
            await follower.StopAsync(CancellationToken.None);
        await Open.DisposeAsync();
    }

    private static ResidentEvent[] EventsOf(IssuedCertificate person)
    {
        var application = ((CertificatesApplied)person.Ordered[2]).Application;
        ResidentEvent fee = person.Number % 2 == 0
            ? new FeeCharged(application, 200, "issuance-200", [CertificateKind.UserAuthentication])
            : new FeeWaived(application, [new(CertificateKind.UserAuthentication, WaiverReason.OneKindAtHandOver)]);
        var order = (CertificateOrdered)person.Ordered[3];
        var torn = SerialNumber.Parse(string.Create(CultureInfo.InvariantCulture, $"02{person.Number:x8}"));
        ResidentEvent[] rekeyed =
        [
            order with { Order = order.Order with { Serial = torn } },
            new CertificateRevoked(torn, CertificateKind.UserAuthentication, RevocationCause.NeverConfirmed),
        ];
        return
        [
            .. person.Ordered[..3], fee, .. person.Number % 3 == 0 ? rekeyed : [], order, person.Issue,
            new CertificateConfirmed(person.Serial, CertificateKind.UserAuthentication, _card),
            .. person.Number % 5 == 0 ? new[] { person.Suspend, person.Revoke() } : [],
        ];
    }

    private static string Line(CellKey key, CellSum sum) => $"{key} {sum}";
}
