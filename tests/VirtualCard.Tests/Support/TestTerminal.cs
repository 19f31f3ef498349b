using System.Security.Cryptography;
using System.Text;

namespace Jpki.VirtualCard.Tests.Support;

/// <summary>A fixed terminal authority and one terminal it has certified.</summary>
internal static class TestTerminal
{
    public static readonly ECDsa Authority = Key("6a799db09dd411a58d76a76b09bc00a4d6b042309c011410b72c1ca6254e7069");
    public static readonly ECDsa Terminal = Key("bd7752a10a60a3cd1708b0c20af86f7c3f0f152b1ff0ea7f0e8c89e2d503f893");
    public const string Id = "13207-HON-01    ";

    public static byte[] Certificate(string lastDay = "20261231", ECDsa? signer = null)
    {
        byte[] signed = [.. Point(Terminal), .. Encoding.ASCII.GetBytes(Id + lastDay)];
        return [.. signed, .. Sign(signer ?? Authority, signed)];
    }

    public static byte[] AnswerTo(byte[] challenge, ECDsa? signer = null) =>
        Sign(signer ?? Terminal, [.. challenge, .. Encoding.ASCII.GetBytes(Id)]);

    public static byte[] Point(ECDsa key)
    {
        var q = key.ExportParameters(false).Q;
        return [0x04, .. q.X!, .. q.Y!];
    }

    private static byte[] Sign(ECDsa key, byte[] message) =>
        key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static ECDsa Key(string d) =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Convert.FromHexString(d) });
}
