using Jpki.Domain.Rules;

namespace Jpki.Silo.CallCentre;

/// <summary>A telephone line and whether it answers now.</summary>
/// <param name="Number">As dialled within Japan.</param>
/// <param name="Name">In the language of the script.</param>
public sealed record LineView(string Number, string Name, bool LossReports, bool Enquiries);

/// <summary>コールセンターの読み上げ文 in one language, with the lines as they are at an instant.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="At">In JST.</param>
public sealed record CallCentreView(
    string Language, string Title, string Lead, IReadOnlyList<ScriptPart> Parts, DateTimeOffset At, IReadOnlyList<LineView> Lines, string TestNotice)
{
    public static CallCentreView Of(CallCentreScript script, DateTimeOffset now)
    {
        var open = ContactDirectory.OpenAt(now);
        bool Answers(TelephoneLine line, ContactPurpose purpose) => open.Contains(new OpenLine(purpose, line));
        return new(
            script.Tag,
            script.Title,
            script.Lead,
            script.Parts,
            now.ToOffset(Jst.Offset),
            [.. LossReportNumbers.All.Zip(script.LineNames, (line, name) =>
                new LineView(line.Number, name, Answers(line, ContactPurpose.LossReport), Answers(line, ContactPurpose.Enquiry)))],
            script.TestNotice);
    }
}
