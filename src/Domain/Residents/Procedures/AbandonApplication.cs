using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 申請の取下げ: what was issued and never confirmed is revoked; the fee goes back unless a kind it was charged for did reach the card.
/// </summary>
[StoredName("abandon-application", "申請の取下げ")]
public sealed record AbandonApplication(CommandId Application) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.Application is not Application.Open open || open.Id != Application)
            return Refusals.NoSuchApplication();

        return Decision.Accept(Ending.OfUnconfirmed(state, c));
    }
}
