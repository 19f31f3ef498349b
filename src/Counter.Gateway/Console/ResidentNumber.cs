using System.CommandLine;
using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain.Identifiers;

namespace Jpki.Counter.Gateway.Console;

/// <summary>住民の番号 as typed.</summary>
internal static class ResidentNumber
{
    public static Step<ResidentId> Read(ParseResult parsed, Argument<string> argument) =>
        ResidentId.TryParse(parsed.GetValue(argument), null, out var id)
            ? id
            : new Stop(
                "malformed-resident-number", null,
                "住民の番号は「市区町村コード5桁-8桁」です（例: 13207-00000001）。",
                "A resident's number is five digits, a hyphen and eight digits, e.g. 13207-00000001.",
                false);
}
