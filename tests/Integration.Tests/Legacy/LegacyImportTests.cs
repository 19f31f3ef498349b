using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Legacy;

/// <summary>住基カードの電子証明書 over HTTP: imported from a file, shown with the resident, and never issued again.</summary>
public sealed class LegacyImportTests(TownHallFixture fixture)
{
    private const string Utf8 = "text/csv; charset=utf-8";

    private TownHall Hall => fixture.Hall;

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Good_lines_are_recorded_and_bad_ones_told_why()
    {
        var (one, other) = (await Hall.RegisterAsync(), await Hall.RegisterAsync());
        await Hall.DoAsync("registry", other.Id, new ChangeAttributes(other.Moved, new DateOnly(2017, 4, 30)));
        var (first, second) = (SerialFor(one), SerialFor(other));
        var file = $"""
            name,resident,serial,issued_on
            昭島くじら子,{one.Id},{first},2015-12-22
            昭島くじら子,{one.Id},{first},2015-12-22
            昭島くじら子,{one.Id},{first},2015-12-21

            昭島くじら子,{other.Id},{first},2015-12-22
            昭島くじら子,13207-99999999,{second},2015-12-22
            昭島くじら子,{other.Id},zz,2015-12-22
            昭島くじら子,{other.Id},"{second},2015-12-22
            昭島くじら子,{other.Id},{second},2015-12-23
            昭島くじら子,{other.Id},{second},2015-12-22
            """;

        var (rows, text) = await ImportAsync(file);

        Assert.Equal(
            [
                "2,accepted,", "3,done-before,LegacyAlreadyRecorded", "4,rejected,LegacyRecordedOtherwise", "6,rejected,SerialOfAnotherResident",
                "7,rejected,UnknownResident", "8,rejected,MalformedSerial", "9,rejected,NotARecord", "10,rejected,LegacyIssuedTooLate", "11,accepted,",
            ],
            rows);
        Assert.All(one.Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.All([one.Id.Value, other.Id.Value, first, second], each => Assert.DoesNotContain(each, text, StringComparison.Ordinal));
        Assert.Equal((CertificateStatus.Expired, new DateOnly(2018, 12, 21)), StandingOf(Assert.Single((await LookAsync(one)).Legacy)));
        Assert.Equal(new DateOnly(2017, 4, 30), Assert.Single((await LookAsync(other)).Legacy).EndedOn);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task The_same_file_sent_again_in_Shift_JIS_records_nothing_twice()
    {
        var person = await Hall.RegisterAsync();
        var file = $"備考,resident,serial,issued_on\r\n表,{person.Id},{SerialFor(person)},2015-12-22\r\n";

        Assert.Equal(["2,accepted,"], (await ImportAsync(file)).Rows);
        var again = await ImportAsync(CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetBytes(file), "text/csv; charset=Shift_JIS");

        Assert.Equal(["2,done-before,LegacyAlreadyRecorded"], again.Rows);
        Assert.Single((await LookAsync(person)).Legacy);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task A_file_longer_than_any_command_is_taken_whole()
    {
        var person = await Hall.RegisterAsync();
        var line = $"{person.Id},{SerialFor(person)},2015-12-22\n";

        var (rows, _) = await ImportAsync("resident,serial,issued_on\n" + string.Concat(Enumerable.Repeat(line, 3000)));

        Assert.Equal(3000, rows.Length);
        Assert.Equal("3001,done-before,LegacyAlreadyRecorded", rows[^1]);
    }

    [Theory]
    [Trait("Rule", "S2")]
    [InlineData("clerk", Utf8, "resident,serial,issued_on\n", HttpStatusCode.Forbidden, "RoleMayNot")]
    [InlineData("registry", Utf8, "resident,serial,issued_on\n", HttpStatusCode.Forbidden, "RoleMayNot")]
    [InlineData("administrator", Utf8, "resident,serial\n", HttpStatusCode.BadRequest, "ColumnsMissing")]
    [InlineData("administrator", "text/csv; charset=euc-jp", "resident,serial,issued_on\n", HttpStatusCode.BadRequest, "NotCsv")]
    [InlineData("administrator", "application/json", "{}", HttpStatusCode.UnsupportedMediaType, "WrongContentType")]
    public async Task What_is_no_import_is_refused_as_a_whole(string role, string contentType, string body, HttpStatusCode status, string code)
    {
        using var answer = await PostAsync(role, Encoding.UTF8.GetBytes(body), contentType);

        Assert.Equal((status, code), (answer.StatusCode, await CodeOf(answer)));
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task A_Juki_card_at_the_counter_is_refused_and_the_My_Number_card_pointed_to()
    {
        var person = await Hall.RegisterAsync();
        var juki = new PresentedCard(person.Card, Person.Municipality, Person.CardExpiresOn, [], CardMedium.JukiCard);
        var envelope = new CommandEnvelope(
            new CommandId(Guid.CreateVersion7()), new HandOverCard(juki, [], new IdentityCheck(IdentityDocument.DrivingLicence)));

        using var answer = await Hall.Line("clerk").PostAsJsonAsync($"residents/{person.Id}/commands", envelope, Contract.Options, Cancellation);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "JukiCardsEnded"), (answer.StatusCode, await CodeOf(answer)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string SerialFor(Person person) => "4c" + person.Id.Value[^8..];

    private static (CertificateStatus, DateOnly) StandingOf(LegacyCertificateView view) => (view.Status, view.LastDay);

    private Task<(string[] Rows, string Text)> ImportAsync(string file) => ImportAsync(Encoding.UTF8.GetBytes(file), Utf8);

    /// <summary>The first three fields of each row; none of them needs quotation marks.</summary>
    private async Task<(string[] Rows, string Text)> ImportAsync(byte[] file, string contentType)
    {
        using var answer = await PostAsync("administrator", file, contentType);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode, text);
        var rows = text.TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("line,outcome,code,rule,japanese,english", rows[0]);
        return ([.. rows[1..].Select(row => string.Join(',', row.Split(',')[..3]))], text);
    }

    private async Task<HttpResponseMessage> PostAsync(string role, byte[] body, string contentType)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        return await Hall.Line(role).PostAsync("legacy/import", content, Cancellation);
    }

    private async Task<ResidentView> LookAsync(Person person) =>
        (await Hall.Line("auditor").GetFromJsonAsync<ResidentView>($"residents/{person.Id}", Contract.Options, Cancellation))!;

    private static async Task<string?> CodeOf(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return problem.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
    }
}
