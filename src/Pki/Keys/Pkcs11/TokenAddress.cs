using System.Text.Json;
using System.Text.Json.Serialization;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Jpki.Pki.Keys.Pkcs11;

/// <summary>Which token: its library, and label and serial number together, because labels are chosen by people.</summary>
internal sealed record TokenAddress(string Module, string TokenLabel, string TokenSerial)
{
    /// <summary>For explanations.</summary>
    public override string ToString() => $"token '{TokenLabel}' ({TokenSerial}) behind {Module}";

    /// <summary>The one token of that label.</summary>
    /// <exception cref="KeyUnavailableException">There is none, or more than one.</exception>
    public static TokenAddress Of(KeyPlace.Token place) => Present(place.Module).Where(each => each.TokenLabel == place.Label).ToList() switch
    {
        [var only] => only,
        [] => throw new KeyUnavailableException(StoreFailure.TokenUnavailable, $"No token '{place.Label}' is present behind {place.Module}."),
        _ => throw new KeyUnavailableException(StoreFailure.TokenUnavailable, $"Several tokens '{place.Label}' are present behind {place.Module}."),
    };

    /// <exception cref="KeyUnavailableException">The token is not present.</exception>
    /// <exception cref="Pkcs11Exception">The library fails.</exception>
    public ISession OpenSession(SessionType type)
    {
        var slot = Slots(Module).FirstOrDefault(each => Of(Module, each.GetTokenInfo()) == this)
            ?? throw new KeyUnavailableException(StoreFailure.TokenUnavailable, $"{this} is not present.");
        return slot.OpenSession(type);
    }

    private static IEnumerable<TokenAddress> Present(string module)
    {
        try
        {
            return [.. Slots(module).Select(slot => Of(module, slot.GetTokenInfo()))];
        }
        catch (Pkcs11Exception failed)
        {
            throw new KeyUnavailableException(StoreFailure.TokenUnavailable, $"{module} does not show its tokens: {failed.RV}.", failed);
        }
    }

    private static List<ISlot> Slots(string module) => TokenModules.Load(module).GetSlotList(SlotsType.WithTokenPresent);

    // Label and serial number are blank-padded to a fixed length (PKCS#11 v2.40 3.2).
    private static TokenAddress Of(string module, ITokenInfo info) => new(module, info.Label.Trim(), info.SerialNumber.Trim());
}

/// <summary>What <c>….pkcs11.json</c> in a generation's folder holds.</summary>
/// <param name="KeyId">CKA_ID: the key identifier, 40 lower-case hexadecimal digits.</param>
internal sealed record TokenKeyAddress(string Module, string TokenLabel, string TokenSerial, string KeyId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    [JsonIgnore]
    public TokenAddress Token => new(Module, TokenLabel, TokenSerial);

    /// <summary>Null when the text is not such a file.</summary>
    public static TokenKeyAddress? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<TokenKeyAddress>(text, Json) is { } read && IsKeyId(read.KeyId) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string Write() => JsonSerializer.Serialize(this, Json) + "\n";

    private static bool IsKeyId(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);
}
