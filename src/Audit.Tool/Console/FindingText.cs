using Jpki.Audit.Verification;

namespace Jpki.Audit.Tool.Console;

/// <summary>Findings as people read them.</summary>
internal static class FindingText
{
    public static void Show(Screen screen, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return;
        screen.Table(
            [screen.Say("区分", "Kind"), screen.Say("検出", "Finding"), screen.Say("内容", "What")],
            findings.Select(each => (string[])
            [
                each.IsFault ? screen.Say("不備", "fault") : screen.Say("注記", "remark"),
                each.Code,
                screen.Say(each.Japanese, each.English),
            ]));
    }
}
