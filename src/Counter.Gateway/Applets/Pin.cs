using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>A PIN (暗証番号) on its way from the PIN page to the card, wiped when disposed.</summary>
/// <remarks>
/// Has no text, no equality on its content, and refuses to be serialised. It lies in an array that the collector does not copy.
/// </remarks>
[DebuggerDisplay("PIN")]
[JsonConverter(typeof(NeverSerialised))]
public sealed class Pin : IDisposable
{
    /// <summary>The longest PIN of any kind (S9), in characters.</summary>
    public const int Longest = 16;

    private readonly byte[] _characters;
    private bool _wiped;

    private Pin(byte[] characters) => _characters = characters;

    public int Length => _characters.Length;

    internal ReadOnlyMemory<byte> Characters
    {
        get
        {
            ObjectDisposedException.ThrowIf(_wiped, this);
            return _characters;
        }
    }

    /// <summary>Takes a PIN as typed. Whether it fits its kind (S9, S12) is for the PIN policy and the card to say.</summary>
    /// <param name="typed">1–16 printable ASCII characters; the caller wipes its own copy.</param>
    /// <param name="pin">Null when <paramref name="typed"/> cannot be sent to a card at all.</param>
    public static bool TryCreate(ReadOnlySpan<char> typed, [NotNullWhen(true)] out Pin? pin)
    {
        pin = null;
        if (typed.Length is < 1 or > Longest || typed.ContainsAnyExceptInRange('!', '~'))
            return false;

        var bytes = GC.AllocateUninitializedArray<byte>(typed.Length, pinned: true);
        for (var i = 0; i < typed.Length; i++)
            bytes[i] = (byte)typed[i];
        pin = new Pin(bytes);
        return true;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_characters);
        _wiped = true;
    }

    public override string ToString() => "PIN";

    private sealed class NeverSerialised : JsonConverter<Pin>
    {
        public override Pin Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A PIN is never read from JSON.");

        public override void Write(Utf8JsonWriter writer, Pin value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A PIN is never written to JSON.");
    }
}
