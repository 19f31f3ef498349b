using Jpki.Audit.Notes;
using Jpki.Domain.Identifiers;
using Jpki.Grains;
using Jpki.Ledger.Proofs;
using Jpki.Pki.Notes;
using Jpki.Silo.Configuration;
using Jpki.Silo.Security;

namespace Jpki.Silo.Audit;

/// <summary>チェックポイントの鍵: one a municipality, in a file that its owner alone reads, made at the first start.</summary>
internal sealed class CheckpointKeys : ICheckpointSigner
{
    private readonly string _origin;
    private readonly Dictionary<MunicipalityCode, Ed25519NoteSigner> _signers;

    /// <exception cref="StartUpException">A key's file can't be read, or is another municipality's.</exception>
    public CheckpointKeys(SiloOptions options, IMunicipalities municipalities)
    {
        _origin = options.Audit.Origin;
        var folder = options.Audit.KeyFolder ?? options.InDataFolder("audit-keys");
        _signers = municipalities.All.ToDictionary(each => each.Code, each => Open(Path.Combine(folder, $"{each.Code}.key"), OriginOf(each.Code)));
    }

    public IReadOnlyCollection<MunicipalityCode> Municipalities => _signers.Keys;

    public string OriginOf(MunicipalityCode municipality) => $"{_origin}/{municipality}";

    /// <summary>None for a municipality that is not served here.</summary>
    public NoteKey? KeyOf(MunicipalityCode municipality) => _signers.TryGetValue(municipality, out var signer) ? signer.Key : null;

    public SignedNote Sign(MunicipalityCode municipality, Checkpoint checkpoint) => SignedNote.Sign(checkpoint.ToText(), _signers[municipality]);

    private static Ed25519NoteSigner Open(string file, string origin)
    {
        var text = PrivateFile.ReadOrCreate(file, () => Ed25519NoteSigner.Generate(origin, NoteKeyKind.Ed25519).ToPrivateText() + "\n");
        try
        {
            var signer = Ed25519NoteSigner.Parse(text);
            return signer.Key.Name == origin && signer.Key.Kind == NoteKeyKind.Ed25519
                ? signer
                : throw new StartUpException($"The key in {file} signs for '{signer.Key.Name}', and Audit:Origin says '{origin}'.");
        }
        catch (FormatException unreadable)
        {
            throw new StartUpException($"{file}: {unreadable.Message}");
        }
    }
}
