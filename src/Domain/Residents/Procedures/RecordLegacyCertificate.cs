using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 住基カードの電子証明書の記録: history from before this system is imported (S2). A change of the four attributes that is known already ends the
/// certificate in the same step, so that certificates and changes can be imported in any order.
/// </summary>
/// <param name="Serial">By which it is known; recorded once.</param>
/// <param name="IssuedOn">発行日, JST; from <see cref="LegacyValidity.FirstIssue"/> to <see cref="LegacyValidity.LastIssue"/>, inclusive.</param>
[StoredName("record-legacy-certificate", "住基カードの電子証明書の記録")]
public sealed record RecordLegacyCertificate(SerialNumber Serial, DateOnly IssuedOn) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if ((NeverIssued(c) ?? Known(state)) is { } refusal)
            return refusal;

        var validity = LegacyValidity.From(IssuedOn);
        var recorded = new LegacyCertificateRecorded(Serial, IssuedOn, validity.LastDay);
        return state.Legacy.FirstChangeWithin(validity) is { } changed
            ? Decision.Accept(recorded, new LegacyCertificateRevoked(Serial, RevocationCause.AttributesChanged, changed))
            : Decision.Accept(recorded);
    }

    private Refusal? NeverIssued(Circumstances c)
    {
        if (IssuedOn < LegacyValidity.FirstIssue)
            return Refusals.LegacyIssuedTooEarly(LegacyValidity.FirstIssue);

        var last = c.Today < LegacyValidity.LastIssue ? c.Today : LegacyValidity.LastIssue;
        return IssuedOn > last ? Refusals.LegacyIssuedTooLate(last) : null;
    }

    private Refusal? Known(Resident.Registered state) => state.Legacy.WithSerial(Serial) switch
    {
        null => null,
        { Validity.IssuedOn: var day } when day == IssuedOn => Refusals.LegacyAlreadyRecorded(),
        _ => Refusals.LegacyRecordedOtherwise(),
    };
}
