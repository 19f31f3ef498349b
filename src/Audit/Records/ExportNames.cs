using System.Text.Json;
using Jpki.Domain;

namespace Jpki.Audit.Records;

/// <summary>The names of an export's members and the words that stand for values, once for writer and reader.</summary>
internal static class ExportNames
{
    public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    public static readonly JsonEncodedText Header = JsonEncodedText.Encode("header");
    public static readonly JsonEncodedText Event = JsonEncodedText.Encode("event");
    public static readonly JsonEncodedText Missing = JsonEncodedText.Encode("missing");
    public static readonly JsonEncodedText Stray = JsonEncodedText.Encode("stray");
    public static readonly JsonEncodedText Checkpoint = JsonEncodedText.Encode("checkpoint");
    public static readonly JsonEncodedText View = JsonEncodedText.Encode("view");
    public static readonly JsonEncodedText Certificate = JsonEncodedText.Encode("certificate");
    public static readonly JsonEncodedText End = JsonEncodedText.Encode("end");

    public static readonly JsonEncodedText Format = JsonEncodedText.Encode("format");
    public static readonly JsonEncodedText Municipality = JsonEncodedText.Encode("municipality");
    public static readonly JsonEncodedText Origin = JsonEncodedText.Encode("origin");
    public static readonly JsonEncodedText Size = JsonEncodedText.Encode("size");
    public static readonly JsonEncodedText ExportedAt = JsonEncodedText.Encode("exportedAt");

    public static readonly JsonEncodedText Index = JsonEncodedText.Encode("index");
    public static readonly JsonEncodedText Sequence = JsonEncodedText.Encode("sequence");
    public static readonly JsonEncodedText Stream = JsonEncodedText.Encode("stream");
    public static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText RecordedAt = JsonEncodedText.Encode("recordedAt");
    public static readonly JsonEncodedText Causation = JsonEncodedText.Encode("causation");
    public static readonly JsonEncodedText Headers = JsonEncodedText.Encode("headers");
    public static readonly JsonEncodedText Salt = JsonEncodedText.Encode("salt");
    public static readonly JsonEncodedText Commitment = JsonEncodedText.Encode("commitment");
    public static readonly JsonEncodedText Body = JsonEncodedText.Encode("body");
    public static readonly JsonEncodedText Leaf = JsonEncodedText.Encode("leaf");

    public static readonly JsonEncodedText Note = JsonEncodedText.Encode("note");

    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Rows = JsonEncodedText.Encode("rows");
    public static readonly JsonEncodedText Hash = JsonEncodedText.Encode("hash");

    public static readonly JsonEncodedText Serial = JsonEncodedText.Encode("serial");
    public static readonly JsonEncodedText Resident = JsonEncodedText.Encode("resident");
    public static readonly JsonEncodedText Authority = JsonEncodedText.Encode("authority");
    public static readonly JsonEncodedText NotAfter = JsonEncodedText.Encode("notAfter");
    public static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    public static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    public static readonly JsonEncodedText ChangedAt = JsonEncodedText.Encode("changedAt");

    public static readonly JsonEncodedText Events = JsonEncodedText.Encode("events");
    public static readonly JsonEncodedText Checkpoints = JsonEncodedText.Encode("checkpoints");

    public const string Signature = "signature";
    public const string UserAuthentication = "userAuthentication";

    public const string Good = "good";
    public const string OnHold = "onHold";
    public const string Revoked = "revoked";

    public static string Of(CertificateKind kind) => kind == CertificateKind.Signature ? Signature : UserAuthentication;

    public static string Of(RevocationStatus status) => status switch
    {
        RevocationStatus.Good => Good,
        RevocationStatus.OnHold => OnHold,
        _ => Revoked,
    };
}
