using System.Globalization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Integration.Tests.Support;

/// <summary>An invented resident of Akishima, with a card number and the PINs she types.</summary>
internal sealed record Person(ResidentId Id, CardSerial Card, FourAttributes Attributes)
{
    /// <summary>Ten years for an adult: the tenth birthday after the day of issue.</summary>
    public static readonly DateOnly CardExpiresOn = new(2036, 9, 23);

    private static int _count;

    public static MunicipalityCode Municipality { get; } = MunicipalityCode.Parse("13207");

    /// <summary>The present PIN of each kind; a test that changes one changes it here too.</summary>
    public Dictionary<PinKind, string> Pins { get; } = new()
    {
        [PinKind.Signature] = "KUJIRA1990",
        [PinKind.UserAuthentication] = "2468",
        [PinKind.CardFace] = "1357",
        [PinKind.BasicRegister] = "9753",
    };

    public static Person Next()
    {
        var number = Interlocked.Increment(ref _count);
        return new(
            ResidentId.Parse(string.Create(CultureInfo.InvariantCulture, $"13207-{number:D8}")),
            CardSerial.Parse(string.Create(CultureInfo.InvariantCulture, $"990000{number:D9}")),
            new FourAttributes("昭島 くじら子", "東京都昭島市田中町1-17-1", new DateOnly(1990, 9, 23), Sex.Female));
    }

    /// <summary>The same person after a move within the city.</summary>
    public FourAttributes Moved => Attributes with { Address = "東京都昭島市玉川町3-2-1" };

    /// <summary>What must never be found in a log: who she is and what she types.</summary>
    public IEnumerable<string> Secrets =>
        ["くじら子", "田中町", "玉川町", "1990-09-23", "19900923", "1990/09/23", Pins[PinKind.Signature]];
}
