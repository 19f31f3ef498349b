using static Jpki.Silo.CallCentre.SpokenFacts;

namespace Jpki.Silo.CallCentre.Scripts;

/// <summary>中国語, in simplified characters.</summary>
internal static class Chinese
{
    public static readonly CallCentreScript Script = new()
    {
        Code = "zh",
        Tag = "zh-Hans",
        OwnName = "中文",
        Title = "个人编号卡丢失、被盗的受理",
        Lead = "请从上往下依次朗读。每个问题都请等对方回答后再继续。",
        Parts =
        [
            new(ScriptStep.Greeting, "开场", [
                "这里是个人编号卡丢失、被盗的受理专线，每天24小时、全年365天接听。",
                "通话中请不要说出您的密码和个人编号。"]),
            new(ScriptStep.Identify, "确认本人身份", [
                "为了确认您是持卡人本人，请按照住民票上的内容回答。",
                "如果您的回答与登记内容不一致，我们无法办理暂停。"],
                "请问您的姓名是什么？", "请问您的出生日期是哪一天？", "请问您的住址在哪里？"),
            new(ScriptStep.Suspend, "暂停的内容", [
                "卡内的签名用电子证书和用户证明用电子证书都将无法使用。",
                "您将不能用这张卡办理 e-Tax 等网上申请、在便利店领取证明书，也不能用它登录网上服务。"],
                "现在可以立即为您暂停吗？"),
            new(ScriptStep.Confirm, "办理暂停之后", [
                "现在已经为您暂停。无论夜间还是节假日，暂停都会立即生效。"]),
            new(ScriptStep.Police, "向警察报案", [
                "请向警察提交遗失或被盗申报，并记下受理编号。",
                "在市区町村的窗口申报丢失或申请补发卡片时，需要提供这个受理编号。"]),
            new(ScriptStep.Found, "找到卡片时", [
                "不能通过电话解除暂停。",
                "请您本人携带卡片，前往住民登记所在的市区町村窗口，输入密码办理解除手续。",
                "有些市区町村会使签名用电子证书失效，这时需要重新发行，而不是解除暂停。"]),
            new(ScriptStep.Enquiries, "咨询", [
                "丢失、被盗的受理为每天24小时、全年365天。",
                $"电话号码是{TollFree}和{Charged}，使用IP电话时请拨打{IpTelephone}。",
                $"其他咨询的受理时间，工作日为{Opens}至{ClosesOnWeekdays}，星期六、星期日和节假日为{Opens}至{ClosesOnWeekendsAndHolidays}。",
                "12月29日至1月3日不受理咨询。"]),
        ],
        LineNames = ["个人编号综合免费电话", "个人编号卡呼叫中心", "个人编号卡呼叫中心（IP电话等）"],
        Questions = "询问事项",
        OpenNow = "现在可以拨通的电话",
        JapanTime = "（日本时间）",
        Number = "电话号码",
        Line = "受理窗口",
        LossReports = "丢失、被盗",
        Enquiries = "其他咨询",
        Open = "受理中",
        Closed = "非受理时间",
        Languages = "语言",
        TestNotice = "这是测试系统，不是国家或市区町村的服务。",
    };
}
