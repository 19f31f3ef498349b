using System.Buffers.Binary;
using System.Text;

namespace Jpki.VirtualCard.Manufacture;

/// <summary>
/// EF 0006: a CK_TOKEN_INFO (PKCS #11 v2.40, 3.2) with 4-byte big-endian numbers and space-padded text, 160 bytes.
/// Manufacturer and model say that the card is simulated, so that every tool that shows a token shows that too.
/// </summary>
internal static class TokenInfoFile
{
    public const int Length = 160;
    public const int SerialOffset = 80;

    // CKF_RNG | CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | CKF_TOKEN_INITIALIZED
    private const uint Flags = 0x0000_040D;
    private const uint EffectivelyInfinite = 0;
    private const uint UnavailableInformation = 0xFFFF_FFFF;
    private const uint MaximumPinLength = 16;
    private const uint MinimumPinLength = 4;

    public static byte[] Build(string cardSerial)
    {
        var file = new byte[Length];
        file.AsSpan().Fill((byte)' ');
        Encoding.ASCII.GetBytes("JPKIAPICCTOKEN2", file.AsSpan(0));
        Encoding.ASCII.GetBytes("JPKI Orleans (simulated)", file.AsSpan(32));
        Encoding.ASCII.GetBytes("SIMULATED CARD", file.AsSpan(64));
        Encoding.ASCII.GetBytes(cardSerial, file.AsSpan(SerialOffset));
        uint[] numbers =
        [
            Flags,
            EffectivelyInfinite, UnavailableInformation, EffectivelyInfinite, UnavailableInformation,
            MaximumPinLength, MinimumPinLength,
            UnavailableInformation, UnavailableInformation, UnavailableInformation, UnavailableInformation,
        ];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(96 + (4 * i)), numbers[i]);
        byte[] versions = [1, 0, 1, 0];
        versions.CopyTo(file, 140);
        return file;
    }
}
