using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Claims;
using Jpki.Audit.Records;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Ledger;
using Jpki.Silo.Api;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;

namespace Jpki.Silo.Audit;

/// <summary>監査の API: exports and proofs with what they are about, for auditors.</summary>
internal static class AuditEndpoints
{
    private const string NdJson = "application/x-ndjson";

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/audit/{municipality}").WithTags("Audit");
        audit.MapGet("/export", ExportAsync).JournalsReading(RecordKind.Export)
            .WithSummary("The municipality's whole record with its checkpoints, as of now, for an auditor's own machine (docs/audit.md); compressed=true for gzip")
            .Produces<byte[]>(contentType: NdJson).ProducesProblem(403).ProducesProblem(404);
        audit.MapGet("/events/{sequence:long}/proof", EventProofAsync).JournalsReading(RecordKind.Export)
            .WithSummary("An event with the proof that it is in the tree of the last checkpoint that covers it")
            .Produces<byte[]>(contentType: "application/json").ProducesProblem(403).ProducesProblem(404);
        ForgettingEndpoint.Map(audit);
        audit.MapGet("/certificates/{serial}/proof", CertificateProofAsync).JournalsReading(RecordKind.Certificate)
            .WithSummary("The event by which a certificate was issued, with its proof")
            .Produces<byte[]>(contentType: "application/json").ProducesProblem(403).ProducesProblem(404);
    }

    private static IResult ExportAsync(
        string municipality, bool? compressed, HttpContext context, ClaimsPrincipal user, AuditExport export, CheckpointKeys keys)
    {
        if (Actors.From(user)?.Role != Role.Auditor)
            return Problems.NotPermitted();
        if (!MunicipalityCode.TryParse(municipality, null, out var code) || keys.KeyOf(code) is null)
            return UnknownMunicipality();

        var name = $"jpki-{code}.ndjson{(compressed == true ? ".gz" : "")}";
        return Results.Stream(
            target => WriteAsync(target, compressed == true, pipe => export.WriteAsync(code, keys.OriginOf(code), pipe, context.RequestAborted)),
            compressed == true ? "application/gzip" : NdJson, name);
    }

    private static async Task<IResult> EventProofAsync(
        string municipality, long sequence, HttpContext context, ClaimsPrincipal user, AuditExport export, AuditTree tree) =>
        Actors.From(user)?.Role != Role.Auditor ? Problems.NotPermitted()
        : !MunicipalityCode.TryParse(municipality, null, out var code) ? UnknownMunicipality()
        : await BundleAsync(code, sequence, export, tree, context.RequestAborted);

    private static async Task<IResult> CertificateProofAsync(
        string municipality, string serial, HttpContext context, ClaimsPrincipal user, AuditExport export, AuditTree tree)
    {
        if (Actors.From(user)?.Role != Role.Auditor)
            return Problems.NotPermitted();
        if (!MunicipalityCode.TryParse(municipality, null, out var code))
            return UnknownMunicipality();

        return SerialNumber.TryParse(serial, null, out var number) && await export.IssuedAtAsync(code, number, context.RequestAborted) is { } sequence
            ? await BundleAsync(code, sequence, export, tree, context.RequestAborted)
            : Problems.Refused(Refusals.UnknownCertificate());
    }

    private static async Task<IResult> BundleAsync(
        MunicipalityCode municipality, long sequence, AuditExport export, AuditTree tree, CancellationToken cancellation)
    {
        if (await export.EventAsync(municipality, sequence, cancellation) is not { } line
            || await tree.LastCheckpointAsync(municipality, cancellation) is not { } checkpoint || checkpoint.Size <= line.Index
            || await tree.InclusionAsync(municipality, line.Index, checkpoint.Size, cancellation) is not { } hashes)
            return Problems.NotFound(
                "NotYetProven",
                "この記録の証明はまだありません。番号を確かめるか、次のチェックポイント（1分以内）を待ってください。",
                "There is no proof of this event. Check the number, or wait for the next checkpoint (within a minute).");

        var bundle = new System.Buffers.ArrayBufferWriter<byte>();
        new ProofBundle(line, checkpoint.Size, hashes, checkpoint.Note).Write(bundle);
        return Results.Bytes(bundle.WrittenSpan.ToArray(), "application/json");
    }

    private static async Task WriteAsync(Stream target, bool compressed, Func<PipeWriter, Task> write)
    {
        await using var gzip = compressed ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : null;
        var pipe = PipeWriter.Create(gzip ?? target, new StreamPipeWriterOptions(leaveOpen: true));
        await write(pipe);
        await pipe.CompleteAsync();
    }

    private static IResult UnknownMunicipality() => Problems.NotFound(
        "UnknownMunicipality", "この市区町村の記録はここにはありません。", "There is no record of this municipality here.");
}
