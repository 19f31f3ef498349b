using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.TownHall.Day;

/// <summary>The resident of the day: invented, with PINs that would be nobody's business in life.</summary>
internal sealed record Hanako(int Number)
{
    public ResidentId Id { get; } = ResidentId.Parse($"13207-{Number:D8}");

    public CardSerial CardSerial { get; } = CardSerial.Parse($"990000{Number:D9}");

    public MunicipalityCode Municipality { get; } = MunicipalityCode.Parse("13207");

    public FourAttributes Before { get; } = new("昭島 花子", "東京都昭島市田中町1-17-1", new DateOnly(1990, 9, 23), Sex.Female);

    public FourAttributes After => Before with { Address = "東京都昭島市玉川町3-2-1" };

    /// <summary>Ten years for an adult: the tenth birthday after the day of issue.</summary>
    public DateOnly CardExpiresOn { get; } = new(2036, 9, 23);

    public string SignaturePin { get; } = "HANAKO1990";

    public string UserAuthenticationPin { get; } = "2468";

    public string CardFacePin { get; } = "1357";

    public string BasicRegisterPin { get; } = "9753";

    public string NewUserAuthenticationPin { get; } = "8642";

    /// <summary>What Hanako types at a prompt for a PIN.</summary>
    public string Type(string prompt) => prompt switch
    {
        _ when prompt.Contains("basic-register", StringComparison.Ordinal) => BasicRegisterPin,
        _ when prompt.Contains("card-face", StringComparison.Ordinal) => CardFacePin,
        _ when prompt.Contains("user-authentication", StringComparison.Ordinal) => UserAuthenticationPin,
        _ when prompt.Contains("signature", StringComparison.Ordinal) => SignaturePin,
        _ => "",
    };
}
