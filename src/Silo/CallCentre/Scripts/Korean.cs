using static Jpki.Silo.CallCentre.SpokenFacts;

namespace Jpki.Silo.CallCentre.Scripts;

/// <summary>韓国語</summary>
internal static class Korean
{
    public static readonly CallCentreScript Script = new()
    {
        Code = "ko",
        Tag = "ko",
        OwnName = "한국어",
        Title = "마이넘버카드 분실·도난 접수",
        Lead = "위에서부터 차례로 읽어 주십시오. 질문에는 대답을 들은 뒤 다음으로 넘어갑니다.",
        Parts =
        [
            new(ScriptStep.Greeting, "첫인사", [
                "마이넘버카드 분실·도난 접수 창구입니다. 하루 24시간, 연중 365일 전화를 받습니다.",
                "통화 중에는 비밀번호와 마이넘버를 말씀하지 마십시오."]),
            new(ScriptStep.Identify, "본인 확인", [
                "본인임을 확인하기 위해 주민표에 적힌 대로 대답해 주십시오.",
                "등록된 내용과 일치하지 않으면 정지해 드릴 수 없습니다."],
                "성함이 어떻게 되십니까?", "생년월일이 어떻게 되십니까?", "주소가 어떻게 되십니까?"),
            new(ScriptStep.Suspend, "정지되는 것", [
                "카드에 들어 있는 서명용 전자증명서와 이용자 증명용 전자증명서를 모두 사용할 수 없게 됩니다.",
                "e-Tax 등의 전자 신청, 편의점에서의 증명서 발급, 온라인 서비스 로그인에 카드를 사용할 수 없게 됩니다."],
                "지금 바로 정지해도 되겠습니까?"),
            new(ScriptStep.Confirm, "정지한 다음", [
                "지금 정지되었습니다. 밤이나 휴일에도 곧바로 효력이 생깁니다."]),
            new(ScriptStep.Police, "경찰 신고", [
                "경찰에 분실 신고 또는 도난 신고를 하고 접수 번호를 적어 두십시오.",
                "접수 번호는 시구정촌 창구에서 분실 신고를 하거나 카드 재발급을 신청할 때 필요합니다."]),
            new(ScriptStep.Found, "카드를 찾았을 때", [
                "정지는 전화로 해제할 수 없습니다.",
                "본인이 카드를 가지고 주민 등록이 되어 있는 시구정촌 창구를 방문하여 비밀번호를 입력하고 해제하십시오.",
                "시구정촌에 따라서는 서명용 전자증명서가 효력을 잃어, 해제가 아니라 재발급을 받게 됩니다."]),
            new(ScriptStep.Enquiries, "문의", [
                "분실·도난 접수는 하루 24시간, 연중 365일입니다.",
                $"전화번호는 {TollFree}, {Charged}이며, IP 전화에서는 {IpTelephone}입니다.",
                $"그 밖의 문의는 평일 {Opens}부터 {ClosesOnWeekdays}까지, 토요일·일요일·공휴일은 {Opens}부터 {ClosesOnWeekendsAndHolidays}까지입니다.",
                "12월 29일부터 1월 3일까지는 문의를 받지 않습니다."]),
        ],
        LineNames = ["마이넘버 종합 무료 전화", "마이넘버카드 콜센터", "마이넘버카드 콜센터(IP 전화 등)"],
        Questions = "여쭤볼 것",
        OpenNow = "지금 연결되는 전화",
        JapanTime = "현재(일본 시간)",
        Number = "전화번호",
        Line = "창구",
        LossReports = "분실·도난",
        Enquiries = "그 밖의 문의",
        Open = "접수 중",
        Closed = "접수 시간 외",
        Languages = "언어",
        TestNotice = "이것은 시험용 시스템이며, 국가나 시구정촌의 서비스가 아닙니다.",
    };
}
