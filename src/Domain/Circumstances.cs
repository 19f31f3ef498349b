using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.Domain;

/// <summary>権限: what a token lets its bearer be.</summary>
public enum Role
{
    /// <summary>窓口職員</summary>
    Clerk,

    /// <summary>管理職員: a clerk who may also grant exceptions.</summary>
    Supervisor,

    /// <summary>コールセンター</summary>
    CallCentre,

    /// <summary>住民基本台帳 (the registry's feed).</summary>
    Registry,

    /// <summary>監査人</summary>
    Auditor,

    /// <summary>統計</summary>
    Statistics,

    /// <summary>システム管理者</summary>
    Administrator,

    /// <summary>The back office itself, e.g. recording a signed certificate. No token carries it.</summary>
    System,
}

/// <summary>Who acts.</summary>
/// <param name="Subject">The token's subject: an account name, never a person's name.</param>
/// <param name="Role">The role acted in.</param>
/// <param name="Office">The office acted from; for the registry's feed any office of its municipality; none for call centre and system.</param>
public sealed record Actor(string Subject, Role Role, OfficeCode? Office);

/// <summary>状況: who, where, when and under which rules a decision is taken. The shell fills it in; the decider only reads it.</summary>
/// <param name="CommandId">The sender's id of the command.</param>
/// <param name="By">Who acts.</param>
/// <param name="At">The instant of the decision.</param>
/// <param name="Municipality">The municipality whose resident it is, with its offices and hours.</param>
/// <param name="RuleSet">The rule set in force there on that day.</param>
public sealed record Circumstances(CommandId CommandId, Actor By, DateTimeOffset At, Municipality Municipality, RuleSet RuleSet)
{
    /// <summary>The civil day in Japan.</summary>
    public DateOnly Today => Jst.DayOf(At);

    /// <summary>What is kept of it with each event.</summary>
    /// <param name="commandName">The wire name of the command decided.</param>
    public Provenance ToProvenance(string commandName) => new(CommandId, commandName, By, At, RuleSet.Name);
}
