using System.Text;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;
using Jpki.Audit.Tests.Support;
using Jpki.Audit.Verification;
using Jpki.Domain;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tests.Verification;

/// <summary>Whatever is done to an export, or was done to the tables before it, is found and named by its place; and what is good is good.</summary>
public sealed class TamperingTests
{
    private const long Middle = 250;

    private static readonly VerificationOptions _options = new(InventedRecord.Signer.Key) { Witnesses = [InventedRecord.Witness.Key] };

    private readonly InventedRecord _record = InventedRecord.Of(40);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Rule", "D5")]
    public async Task A_good_export_is_good_compressed_or_not(bool compressed)
    {
        var octets = _record.ToOctets();
        using var file = new MemoryStream(compressed ? GivenExport.Compressed(octets) : octets);
        var report = await new ExportVerifier(_options, Ed25519Judge.Instance).VerifyAsync(file, null, Cancellation);

        Assert.Empty(report.Findings);
        Assert.True(report.IsGood);
        Assert.Equal(_record.Events, report.Events);
        Assert.Equal(_record.Events, report.ProvenSize);
        Assert.Equal(40, report.Streams);
        Assert.Equal(_record.Lines.Count(each => each is ExportedCertificate), report.Certificates);
        Assert.InRange(report.Checkpoints, 3, 100);
    }

    [Fact]
    public async Task A_masked_body_that_is_announced_changes_no_proof()
    {
        var report = await VerifyAsync(InventedRecord.WithMasked(40, Middle, Mask).ToOctets());

        Assert.True(report.IsGood, Text(report));
        Assert.Equal(1, report.Masked);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task A_body_masked_behind_everybodys_back_or_changed_afterwards_is_found_at_its_event()
    {
        _record.Change(Middle, line => GivenExport.Masked(line, Mask(Text(line.Body))));
        Assert.Equal(("MaskNotAnnounced", Middle), Only(await VerifyAsync()));

        var announced = InventedRecord.WithMasked(40, Middle, Mask);
        announced.Change(Middle, line => line with { Body = Encoding.UTF8.GetBytes(Text(line.Body).Insert(1, " ")) });
        Assert.Equal(("MaskedBodyDiffers", Middle), Only(await VerifyAsync(announced.ToOctets())));

        static (string Code, long? Index) Only(VerificationReport report) => Assert.Single(report.Findings) is var found ? (found.Code, found.Place.Index) : default;
    }

    private static string Mask(string body) => body.Replace("昭島", "＊＊", StringComparison.Ordinal);

    public static TheoryData<string> Columns => ["body", "headers", "causation", "recordedAt", "type", "version", "stream", "eventId", "salt", "sequence"];

    [Theory]
    [MemberData(nameof(Columns))]
    [Trait("Rule", "B1")]
    public async Task A_changed_column_is_found_at_its_event(string column)
    {
        _record.Change(Middle, line => Altered(line, column));

        AssertFound(await VerifyAsync(), "LeafDiffers", index: Middle);
    }

    [Theory]
    [MemberData(nameof(Columns))]
    [Trait("Rule", "B1")]
    public async Task A_changed_column_with_a_leaf_to_fit_is_found_between_two_checkpoints(string column)
    {
        _record.Change(Middle, line => Altered(line, column) is var altered ? altered with { Leaf = GivenExport.Leaf(altered) } : line);

        var found = AssertFound(await VerifyAsync(), "RootDiffers", index: 200);
        Assert.Equal(300, found.Place.Size);
    }

    [Fact]
    public async Task A_removed_event_is_found_where_it_was()
    {
        _record.Change(Middle, line => new MissingEvent(line.Index, line.Sequence, line.Leaf!.Value));
        AssertFound(await VerifyAsync(), "EventMissing", index: Middle);
    }

    [Fact]
    public async Task A_removed_event_with_its_leaf_is_found_where_it_was()
    {
        _record.Lines.RemoveAt(_record[Middle]);

        var report = await VerifyAsync();

        AssertFound(report, "IndexGap", index: Middle);
        AssertFound(report, "CheckpointMisplaced");
    }

    [Fact]
    public async Task The_last_event_removed_with_its_leaf_is_found_by_the_checkpoint_that_knew_it()
    {
        _record.Lines.RemoveAt(_record[_record.Events - 1]);
        AssertFound(await VerifyAsync(), "CheckpointMisplaced");
    }

    [Fact]
    public async Task The_end_removed_with_its_checkpoints_is_found_by_a_checkpoint_kept_elsewhere()
    {
        var known = Note(_record.Lines.OfType<ExportedCheckpoint>().Last());
        var end = _record.Lines.FindLastIndex(each => each is ExportedCheckpoint);
        _record.Lines.RemoveRange(_record[_record.Events - 10], end - _record[_record.Events - 10] + 1);
        _record.Lines[0] = GivenExport.Header(_record.Events);
        _record.Lines.RemoveAll(each => each is ExportedCertificate or ExportedView);

        Assert.True((await VerifyAsync()).Findings.Where(each => each.IsFault).All(each => each.Code == "CountsDiffer"));
        AssertFound(await VerifyAsync(_options with { Known = [known] }), "KnownCheckpointNotReached");
    }

    [Fact]
    public async Task An_inserted_event_without_a_leaf_is_found_and_named()
    {
        _record.Lines.Insert(_record[Middle], new StrayEvent(509, "13207-00000003", 99, "fee-refunded.v1"));
        Assert.Equal(99, AssertFound(await VerifyAsync(), "EventStray").Place.Version);
    }

    [Fact]
    public async Task An_inserted_event_with_a_leaf_is_found_between_two_checkpoints()
    {
        var inserted = (ExportedEvent)_record.Lines[_record[Middle]];
        _record.Lines.Insert(_record[Middle] + 1, inserted with { Sequence = inserted.Sequence + 1 });

        var report = await VerifyAsync();

        AssertFound(report, "VersionGap");
        AssertFound(report, "CheckpointMisplaced");
    }

    [Fact]
    public async Task Two_events_whose_places_were_exchanged_are_both_found()
    {
        var (one, other) = ((ExportedEvent)_record.Lines[_record[Middle]], (ExportedEvent)_record.Lines[_record[Middle + 1]]);
        _record.Change(Middle, _ => other with { Index = Middle, Sequence = one.Sequence, Leaf = one.Leaf });
        _record.Lines[_record.Lines.FindLastIndex(each => each is ExportedEvent x && x.Index == Middle + 1)] =
            one with { Index = Middle + 1, Sequence = other.Sequence, Leaf = other.Leaf };

        var report = await VerifyAsync();

        AssertFound(report, "LeafDiffers", index: Middle);
        AssertFound(report, "LeafDiffers", index: Middle + 1);
    }

    [Fact]
    public async Task Everything_rewritten_but_the_signatures_is_found()
    {
        var events = _record.Lines.OfType<ExportedEvent>().Select(each => each.Index == Middle ? Altered(each, "body") : each).Select(each => each with { Leaf = GivenExport.Leaf(each) });
        var rewritten = InventedRecord.Proven([.. events]).ToList();
        var other = Ed25519NoteSigner.Generate(InventedRecord.Signer.Key.Name, NoteKeyKind.Ed25519);
        for (var place = 0; place < rewritten.Count; place++)
        {
            if (rewritten[place] is ExportedCheckpoint checkpoint)
                rewritten[place] = new ExportedCheckpoint(SignedNote.Sign(Note(checkpoint).Text, other).ToString());
        }

        var report = await VerifyAsync(_options, [_record.Lines[0], .. rewritten, .. _record.Lines.SkipWhile(each => each is not ExportedView)]);

        AssertFound(report, "CheckpointNotSigned");
        AssertFound(report, "NoCheckpoint");
        Assert.Equal(0, report.ProvenSize);
    }

    [Fact]
    public async Task A_checkpoint_signed_again_over_another_past_is_found_by_the_one_kept_elsewhere()
    {
        var known = Note(_record.Lines.OfType<ExportedCheckpoint>().Last());
        var events = _record.Lines.OfType<ExportedEvent>().Select(each => each.Index == Middle ? Altered(each, "recordedAt") : each).Select(each => each with { Leaf = GivenExport.Leaf(each) });
        ExportLine[] rewritten = [_record.Lines[0], .. InventedRecord.Proven([.. events]), .. _record.Lines.SkipWhile(each => each is not ExportedView)];

        Assert.True((await VerifyAsync(_options, rewritten)).IsGood);
        AssertFound(await VerifyAsync(_options with { Known = [known] }, rewritten), "TwoRoots");
    }

    [Fact]
    public async Task Removed_checkpoints_leave_nothing_proven_and_one_handed_out_is_missed()
    {
        var known = Note(_record.Lines.OfType<ExportedCheckpoint>().ElementAt(1));
        _record.Lines.Remove(_record.Lines.OfType<ExportedCheckpoint>().ElementAt(1));
        AssertFound(await VerifyAsync(_options with { Known = [known] }), "KnownCheckpointMissing");

        _record.Lines.RemoveAll(each => each is ExportedCheckpoint);
        AssertFound(await VerifyAsync(), "NoCheckpoint");
    }

    [Fact]
    public async Task A_witness_that_never_signed_or_signed_something_else_is_missed()
    {
        var stranger = Ed25519NoteSigner.Generate("stranger.example", NoteKeyKind.Cosignature);
        AssertFound(await VerifyAsync(_options with { Witnesses = [stranger.Key] }), "NeverCosigned");

        var place = _record.Lines.FindIndex(each => each is ExportedCheckpoint);
        var other = Note(_record.Lines.OfType<ExportedCheckpoint>().ElementAt(1));
        var forged = Note((ExportedCheckpoint)_record.Lines[place]) with { Signatures = [Note((ExportedCheckpoint)_record.Lines[place]).Signatures[0], other.Signatures[1]] };
        _record.Lines[place] = new ExportedCheckpoint(forged.ToString());
        Assert.Equal(InventedRecord.Pace, AssertFound(await VerifyAsync(), "CosignatureBad").Place.Size);
    }

    [Fact]
    public async Task A_register_that_says_other_than_the_events_is_named_by_certificate()
    {
        var place = _record.Lines.FindIndex(each => each is ExportedCertificate { Certificate.Status: RevocationStatus.Revoked });
        var row = (ExportedCertificate)_record.Lines[place];
        _record.Lines[place] = row with { Certificate = row.Certificate with { Status = RevocationStatus.Good.Instance } };
        Assert.Contains(row.Certificate.Serial.Value, AssertFound(await VerifyAsync(), "RegisterDiffers").English, StringComparison.Ordinal);

        _record.Lines.RemoveAt(place);
        AssertFound(await VerifyAsync(), "RegisterMissing");
    }

    [Fact]
    public async Task An_export_that_was_cut_or_that_is_none_is_said_to_be()
    {
        var octets = _record.ToOctets();
        AssertFound(await VerifyAsync(octets[..(octets.Length / 2)]), "CutOff");
        AssertFound(await VerifyAsync([]), "NotAnExport");
        AssertFound(await VerifyAsync("hello\n"u8.ToArray()), "NotAnExport");
    }

    [Fact]
    public async Task A_record_damaged_all_over_is_counted_and_does_not_fill_the_memory()
    {
        for (var index = 0; index < _record.Events; index++)
            _record.Change(index, line => Altered(line, "body"));

        var report = await VerifyAsync(_options with { MostFindings = 10 });

        Assert.Equal(10, report.Findings.Count);
        Assert.InRange(report.Omitted, _record.Events - 10, 2 * _record.Events);
        Assert.False(report.IsGood);
    }

    private static ExportedEvent Altered(ExportedEvent line, string column) => column switch
    {
        "body" => line with { Body = Encoding.UTF8.GetBytes(Text(line.Body).Insert(1, " ")) },
        "headers" => line with { Headers = Encoding.UTF8.GetBytes(Text(line.Headers).Replace("clerk", "elerk", StringComparison.Ordinal).Insert(1, " ")) },
        "causation" => line with { Causation = Guid.Empty.ToString("D").Select(each => (byte)each).ToArray() },
        "recordedAt" => line with { RecordedAt = line.RecordedAt.AddMicroseconds(1) },
        "type" => line with { Type = "card-face-updated.v1" },
        "version" => line with { Version = line.Version + 1 },
        "stream" => line with { Stream = "13207-00000039", },
        "eventId" => line with { EventId = new Guid(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) },
        "salt" => line with { Salt = new byte[LeafRecord.SaltSize] },
        "sequence" => line with { Sequence = line.Sequence + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    private static Finding AssertFound(VerificationReport report, string code, long? index = null)
    {
        Assert.False(report.IsGood);
        var found = report.Findings.FirstOrDefault(each => each.Code == code && (index is null || each.Place.Index == index));
        Assert.True(found is { IsFault: true }, $"{code} at {index} was not found, but {Text(report)}");
        return found;
    }

    private static SignedNote Note(ExportedCheckpoint line) =>
        SignedNote.TryParse(line.Note, out var note) ? note : throw new FormatException("No note.");

    private Task<VerificationReport> VerifyAsync(VerificationOptions? options = null) => VerifyAsync(_record.ToOctets(), options);

    private async Task<VerificationReport> VerifyAsync(VerificationOptions options, IReadOnlyList<ExportLine> lines)
    {
        _record.Lines.Clear();
        _record.Lines.AddRange(lines);
        return await VerifyAsync(options);
    }

    private static async Task<VerificationReport> VerifyAsync(byte[] octets, VerificationOptions? options = null)
    {
        using var file = new MemoryStream(octets);
        return await new ExportVerifier(options ?? _options, Ed25519Judge.Instance).VerifyAsync(file, null, Cancellation);
    }

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);

    private static string Text(VerificationReport report) => string.Join('\n', report.Findings.Select(each => $"{each.Code} {each.Place} {each.English}"));
}
