using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jpki.Domain.Json;
using Jpki.Domain.Rules;
using Jpki.Integration.Tests.Support;
using Jpki.Silo.CallCentre;

namespace Jpki.Integration.Tests.CallCentre;

/// <summary>読み上げ文 over HTTP, for somebody who is not signed in.</summary>
public sealed partial class CallCentreTests(TownHallFixture fixture) : IDisposable
{
    private readonly HttpClient _anybody = fixture.Hall.LineWith(token: null);

    public void Dispose() => _anybody.Dispose();

    [Theory]
    [Trait("Rule", "S31")]
    [InlineData("ja", "ja")]
    [InlineData("en", "en")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("ko", "ko")]
    [InlineData("es", "es")]
    [InlineData("pt", "pt")]
    public async Task Anybody_reads_it_as_JSON_and_as_a_page(string code, string tag)
    {
        var script = CallCentreScripts.Find(code)!;

        var view = await ScriptAsync(code);
        using var answer = await _anybody.GetAsync($"call-centre?language={code}", Cancellation);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal((tag, script.Title), (view.Language, view.Title));
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal([tag], answer.Content.Headers.ContentLanguage);
        Assert.Contains($"<html lang=\"{tag}\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        var read = Element().Replace(page, "");
        Assert.All(view.Parts.SelectMany(part => part.Say.Concat(part.Ask)), text => Assert.Contains(text, read, StringComparison.Ordinal));
        Assert.All(LossReportNumbers.All, line => Assert.Contains(line.Number, page, StringComparison.Ordinal));
        Assert.All(CallCentreScripts.All, each =>
            Assert.Contains($"<a href=\"/call-centre?language={each.Code}\" lang=\"{each.Tag}\" hreflang=\"{each.Tag}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "S31")]
    public async Task Japanese_is_read_where_nothing_was_chosen_and_no_other_language_is_made_up()
    {
        Assert.Equal("ja", (await _anybody.GetFromJsonAsync<CallCentreView>("call-centre/script", Contract.Options, Cancellation))!.Language);

        foreach (var path in new[] { "call-centre?language=fr", "call-centre/script?language=JA" })
        {
            using var answer = await _anybody.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal("UnknownLanguage", problem.RootElement.GetProperty("code").GetString());
        }
    }

    [Fact]
    [Trait("Rule", "S30")]
    [Trait("Rule", "S34")]
    public async Task It_shows_which_lines_answer_now()
    {
        var view = await ScriptAsync("en");
        var open = ContactDirectory.OpenAt(view.At);

        Assert.Equal(LossReportNumbers.All.Select(line => line.Number), view.Lines.Select(line => line.Number));
        Assert.All(view.Lines, line => Assert.True(line.LossReports));
        Assert.All(view.Lines, line => Assert.Equal(open.Any(each => each.Purpose == ContactPurpose.Enquiry), line.Enquiries));
    }

    [Theory]
    [Trait("Rule", "S30")]
    [Trait("Rule", "S34")]
    [InlineData("2026-06-01T09:29:59+09:00", false)]
    [InlineData("2026-06-01T09:30:00+09:00", true)]
    [InlineData("2026-06-06T17:30:00+09:00", false)]
    [InlineData("2026-12-31T12:00:00+09:00", false)]
    public void At_every_hour_a_loss_can_be_reported_and_enquiries_have_their_hours(string at, bool enquiries)
    {
        var view = CallCentreView.Of(CallCentreScripts.Find("ko")!, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

        Assert.All(view.Lines, line => Assert.Equal((true, enquiries), (line.LossReports, line.Enquiries)));
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Element();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<CallCentreView> ScriptAsync(string code) =>
        (await _anybody.GetFromJsonAsync<CallCentreView>($"call-centre/script?language={code}", Contract.Options, Cancellation))!;
}
