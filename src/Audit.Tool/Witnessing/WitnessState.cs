using Jpki.Audit.Notes;
using Jpki.Audit.Tool.Sources;

namespace Jpki.Audit.Tool.Witnessing;

/// <summary>
/// 証人の記憶: the last checkpoint cosigned, as a note with the cosignature, in one file. It is on the disk before the cosignature leaves, and one
/// process at a time may have it: a witness that forgot, or was there twice, could sign two roots for one size.
/// </summary>
internal sealed class WitnessState : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    private WitnessState(string path, FileStream only, SignedNote? note, Checkpoint? remembered) =>
        (_path, _lock, Note, Remembered) = (path, only, note, remembered);

    /// <summary>The last cosigned; none before the first.</summary>
    public Checkpoint? Remembered { get; private set; }

    /// <summary>The same with its cosignature, which may not have arrived.</summary>
    public SignedNote? Note { get; private set; }

    /// <param name="origin">The log that is witnessed; a state is of one log.</param>
    /// <param name="witness">Whose state it is.</param>
    /// <exception cref="UnreachableSourceException">Another process has it, or it can't be read: nothing is cosigned on a guess.</exception>
    public static WitnessState Open(FileInfo file, string origin, NoteKey witness, ISignatureJudge judge)
    {
        FileStream only;
        try
        {
            only = new FileStream(file.FullName + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new UnreachableSourceException($"{file} は別の証人が使っています。", $"Another witness is using {file}.", e);
        }

        try
        {
            if (!file.Exists)
                return new(file.FullName, only, null, null);
            // A state that is damaged is no state of a new witness: going on without it could sign a second root.
            if (!SignedNote.TryParse(Files.Text(file), out var note) || !Checkpoint.TryParse(note.Text, out var remembered) || remembered.Origin != origin
                || Cosignature.SignedAt(note, witness, judge) is null)
                throw new UnreachableSourceException($"{file} はこの記録についてのこの証人の状態ではありません。", $"{file} is not this witness's state of this log.");
            return new(file.FullName, only, note, remembered);
        }
        catch (UnreachableSourceException)
        {
            only.Dispose();
            throw;
        }
    }

    /// <summary>Remembers for good; returns when it is on the disk.</summary>
    public void Remember(Checkpoint checkpoint, SignedNote cosigned)
    {
        Files.Replace(_path, cosigned.ToString());
        (Remembered, Note) = (checkpoint, cosigned);
    }

    public void Dispose() => _lock.Dispose();
}
