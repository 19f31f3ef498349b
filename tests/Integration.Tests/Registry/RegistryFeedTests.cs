using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Registry;

/// <summary>The registry's batches through the API of a real silo.</summary>
public sealed class RegistryFeedTests(TownHallFixture fixture)
{
    private TownHall Hall => fixture.Hall;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "S6")]
    [Trait("Rule", "B2")]
    public async Task A_move_told_by_the_feed_ends_the_signature_certificate_with_no_clerk()
    {
        var person = await Hall.RegisterAsync();
        await using var slot = await fixture.Readers.RentAsync();
        var visit = new Visit(Hall, slot, person, Hall.CardFor(person));
        await slot.InsertAsync(visit.Card);
        Visit.AssertCompleted(await visit.HandOverAsync());
        var line = Feed.Line(Feed.NextNumber(), person.Id.Value, "changed", person.Moved, "2021-03-31");

        var told = await Feed.SendAsync(Hall, line);
        var again = await Feed.SendAsync(Hall, line);

        Assert.Equal(["four-attributes-changed.v1", "certificate-revoked.v1"], Assert.Single(told.Reports).Events);
        Assert.Equal(("accepted", "done-before"), (told.Reports[0].Outcome, again.Reports[0].Outcome));
        Assert.Equal(told.Reports[0].Events, again.Reports[0].Events);
        var ledger = await LedgerPage.ReadAsync(Hall, person);
        Assert.Equal(RevocationCause.AttributesChanged, Assert.Single(ledger.Of(CertificateKind.Signature)).Cause);
        Assert.Equal(CertificateStatus.Active, Assert.Single(ledger.Of(CertificateKind.UserAuthentication)).Status);
        var moved = Assert.Single(ledger.Recorded, each => each.Event is FourAttributesChanged);
        Assert.Equal(new DateOnly(2021, 3, 31), ((FourAttributesChanged)moved.Event).OccurredOn);
        Assert.Equal(new DateOnly(2026, 6, 1), Jst.DayOf(moved.Provenance.At));
        Assert.Equal(Role.Registry, moved.Provenance.By.Role);
        Assert.All(person.Secrets, secret => Assert.DoesNotContain(secret, told.Text + again.Text + Hall.Silo.Log, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "S23")]
    public async Task A_change_before_its_registration_is_taken_when_it_is_sent_again_afterwards()
    {
        var resident = Feed.NextResident();
        var change = Feed.Line(Feed.NextNumber(), resident, "changed", Feed.Someone("東京都昭島市玉川町3-2-1"));

        var answer = await Feed.SendAsync(Hall, change, Feed.Registered(resident), change, Removed(resident));

        Assert.Equal(
            [("rejected", "RegistrationFirst"), ("accepted", null), ("accepted", null), ("accepted", (string?)null)],
            answer.Reports.Select(report => (report.Outcome, report.Code)));
        Assert.Equal(["resident-removed.v1"], answer.Reports[3].Events);
        Assert.Equal("""{"summary":{"accepted":3,"doneBefore":0,"rejected":1}}""", answer.Summary);
    }

    [Fact]
    [Trait("Rule", "B2")]
    public async Task An_older_change_that_comes_later_is_learnt_and_changes_nothing_present()
    {
        var resident = Feed.NextResident();
        var (newer, older) = (Feed.Someone("東京都昭島市玉川町3-2-1"), Feed.Someone("東京都昭島市拝島町5-6-7"));

        var answer = await Feed.SendAsync(
            Hall,
            Feed.Registered(resident),
            Feed.Line(Feed.NextNumber(), resident, "changed", newer, "2026-05-20"),
            Feed.Line(Feed.NextNumber(), resident, "changed", older, "2022-01-01"));

        Assert.All(answer.Reports, report => Assert.Equal("accepted", report.Outcome));
        Assert.True((await Hall.Clerk.LookAsync(ResidentId.Parse(resident), Now)).Try(out var view, out _));
        Assert.Equal(newer, view!.Attributes);
    }

    [Fact]
    [Trait("Rule", "S23")]
    public async Task Hostile_lines_are_rejected_one_by_one_and_the_others_taken()
    {
        var (first, last) = (Feed.NextResident(), Feed.NextResident());
        byte[][] lines =
        [
            Utf8(Feed.Registered(first)),
            Utf8("くじら太, 田中町"),
            Utf8(new string('[', 16_000)),
            Utf8($"{{\"changeNumber\":\"{new string('9', 5_000_000)}\"}}"),
            [.. Utf8("{\"changeNumber\":\""), 0x8D, 0xFF, .. Utf8("\"}")],
            Utf8(Feed.Registered(first).Replace("registered", "くじら太", StringComparison.Ordinal)),
            Utf8(Feed.Registered(first).Replace("\"male\"", "1", StringComparison.Ordinal)),
            Utf8(Feed.Registered(first).Replace("\"name\"", "\"くじら太\":0,\"name\"", StringComparison.Ordinal)),
            Utf8(Feed.Registered(first).Replace("くじら太", "くじら太\\u0000", StringComparison.Ordinal)),
            Utf8(Feed.Registered("13208-00000001")),
            Utf8(Feed.Registered(first)),
            Utf8(Feed.Registered(last)),
        ];

        var answer = await Feed.SendAsync(Hall, [0xEF, 0xBB, 0xBF, .. lines.SelectMany(line => (byte[])[.. line, (byte)'\r', (byte)'\n'])]);

        Assert.Equal(
            [
                null, "NotJson", "NotJson", "LineTooLong", "InvalidUtf8", "UnknownKind",
                "WrongMember", "WrongMember", "WrongShape", "OtherMunicipality", "AlreadyRegistered", null,
            ],
            answer.Reports.Select(report => report.Code));
        Assert.Equal(Enumerable.Range(1, lines.Length), answer.Reports.Select(report => report.Line));
        Assert.All(["くじら", "田中町", "1980", "99999"], each => Assert.DoesNotContain(each, answer.Text, StringComparison.Ordinal));
        Assert.All(["くじら太", "田中町", "1980-02-29"], each => Assert.DoesNotContain(each, Hall.Silo.Log, StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Rule", "S6")]
    [InlineData("clerk", TownHall.CityHall)]
    [InlineData("administrator", null)]
    [InlineData("registry", null)]
    public async Task Only_the_registry_of_a_municipality_may_send(string role, string? office)
    {
        using var http = Hall.LineWith(Hall.Token(role, office));
        using var answer = await Feed.PostAsync(http, Utf8(Feed.Registered(Feed.NextResident())));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Who_shows_no_token_is_not_heard()
    {
        using var http = Hall.LineWith(null);
        using var answer = await Feed.PostAsync(http, Utf8(Feed.Registered(Feed.NextResident())));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        using var answer = await Feed.PostAsync(Hall.Line("registry"), Utf8(Feed.Registered(Feed.NextResident())), "application/json");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Each_line_is_answered_before_the_next_one_is_sent()
    {
        using var wire = new TcpClient();
        await wire.ConnectAsync(IPAddress.Loopback, Hall.Silo.Address.Port, Now);
        await using var stream = wire.GetStream();
        using var answer = new StreamReader(stream);
        await SendAsync(stream, $"""
            POST /registry/changes HTTP/1.1
            Host: 127.0.0.1
            Authorization: Bearer {Hall.Token("registry", TownHall.CityHall)}
            Content-Type: application/x-ndjson
            Transfer-Encoding: chunked


            """.ReplaceLineEndings("\r\n"));

        foreach (var number in Enumerable.Range(1, 3))
        {
            await SendAsync(stream, Chunk($"{Feed.Registered(Feed.NextResident())}\n"));
            Assert.Equal((number, "accepted"), (await NextAsync(answer)) is { } report ? (report.Line, report.Outcome) : default);
        }

        await SendAsync(stream, "0\r\n\r\n");
        while (await answer.ReadLineAsync(Now) is { } line && !line.StartsWith("{\"summary\"", StringComparison.Ordinal))
            Assert.DoesNotContain("outcome", line, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "S6")]
    public async Task Ten_thousand_lines_in_flat_memory_and_all_of_them_again_done_before()
    {
        var residents = Enumerable.Range(0, 500).Select(_ => Feed.NextResident()).ToArray();
        var changes = Enumerable.Range(0, 9_500).Select(each => Feed.Line(
            Feed.NextNumber(), residents[each % 500], "changed", Feed.Someone($"東京都昭島市玉川町{each / 500 + 1}-2-1")));
        var lines = residents.Select(Feed.Registered).Concat(changes).ToArray();

        var began = Stopwatch.GetTimestamp();
        var first = await Feed.SendAsync(Hall, lines);
        var took = Stopwatch.GetElapsedTime(began);
        var before = Memory();
        var again = await Feed.SendAsync(Hall, lines);

        TestContext.Current.SendDiagnosticMessage($"first {took.TotalSeconds:0.0} s; {before / 1_000_000} MB, then {Memory() / 1_000_000} MB");
        Assert.Equal("""{"summary":{"accepted":10000,"doneBefore":0,"rejected":0}}""", first.Summary);
        Assert.Equal("""{"summary":{"accepted":0,"doneBefore":10000,"rejected":0}}""", again.Summary);
        Assert.Equal(Enumerable.Range(1, 10_000), first.Reports.Select(report => report.Line));
        Assert.Equal(first.Reports.Select(report => string.Join(' ', report.Events)), again.Reports.Select(report => string.Join(' ', report.Events)));
        Assert.InRange(Memory() - before, long.MinValue, 100_000_000);
    }

    private static string Removed(string resident) =>
        $$"""{"changeNumber":"{{Feed.NextNumber()}}","resident":"{{resident}}","kind":"removed","occurredOn":"2026-05-31","cause":"movedOut"}""";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Chunk(string text) => $"{Encoding.UTF8.GetByteCount(text):X}\r\n{text}\r\n";

    private static ValueTask SendAsync(NetworkStream stream, string text) => stream.WriteAsync(Utf8(text), Now);

    /// <summary>The next report, past the head of the answer and the sizes of its chunks.</summary>
    private static async Task<Report> NextAsync(StreamReader answer)
    {
        while (await answer.ReadLineAsync(Now) is { } line)
        {
            if (line.StartsWith('{'))
                return FeedAnswer.ParseLine(line);
        }

        throw new Xunit.Sdk.XunitException("The answer ended.");
    }

    private long Memory()
    {
        using var silo = Process.GetProcessById(Hall.Silo.Id);
        return silo.WorkingSet64;
    }
}
