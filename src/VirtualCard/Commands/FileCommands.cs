using System.Buffers.Binary;
using Jpki.VirtualCard.Apdus;
using Jpki.VirtualCard.Files;
using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Commands;

/// <summary>SELECT, READ BINARY, READ RECORD and UPDATE BINARY (ISO 7816-4, 11.2–11.4).</summary>
internal sealed class FileCommands(CardContext card)
{
    /// <summary>The most a file holds; a certificate with four attributes takes about half.</summary>
    private const int MaximumImage = 4096;

    private const ushort SelectApplication = 0x040C;

    public CardAnswer Select(CommandApdu command) =>
        command.P1P2 == SelectApplication ? SelectByName(command.Data) : SelectFile(command.Data);

    public CardAnswer ReadBinary(CommandApdu command)
    {
        if (card.Session.File is not TransparentFile file)
            return StatusWord.CommandNotAllowed;
        if (file.ReadPin is { } pin && !card.Session.IsVerified(pin))
            return StatusWord.SecurityStatusNotSatisfied;
        if (file.Read(card.State) is not { } content)
            return StatusWord.FileNotFound;
        var offset = command.P1P2;
        return offset >= content.Length
            ? StatusWord.WrongOffset
            : CardAnswer.Success(content.AsMemory(offset, Math.Min(command.Le!.Value, content.Length - offset)));
    }

    public CardAnswer ReadRecord(CommandApdu command)
    {
        if (card.Session.File is not RecordFile file)
            return StatusWord.CommandNotAllowed;
        if (command.P1 != 1)
            return StatusWord.RecordNotFound;
        var record = file.FirstRecord(card.State);
        return CardAnswer.Success(record.AsMemory(0, Math.Min(command.Le!.Value, record.Length)));
    }

    /// <summary>Writing at offset 0 starts a new image; elsewhere it overwrites or extends the one being written.</summary>
    public CardAnswer UpdateBinary(CommandApdu command)
    {
        if (card.Session.File is not TransparentFile { Update: { } update })
            return StatusWord.CommandNotAllowed;
        if (!card.Session.HasIssuerRight)
            return StatusWord.SecurityStatusNotSatisfied;
        if (command.Data.Length == 0)
            return StatusWord.WrongLength;

        int offset = command.P1P2;
        var image = offset == 0 ? [] : update.Image(card.State) ?? [];
        var end = offset + command.Data.Length;
        if (offset > image.Length)
            return StatusWord.WrongOffset;
        if (end > MaximumImage)
            return StatusWord.NotEnoughMemory;

        var next = new byte[Math.Max(image.Length, end)];
        image.CopyTo(next, 0);
        command.Data.CopyTo(next, offset);
        card.Commit(update.Put(card.State, next));
        return StatusWord.Success;
    }

    private CardAnswer SelectByName(byte[] aid)
    {
        if (aid.Length == 0)
            return StatusWord.WrongLength;
        if (CardLayout.Find(aid) is not { } application)
            return StatusWord.FileNotFound;
        card.Session.Enter(application);
        return StatusWord.Success;
    }

    private CardAnswer SelectFile(byte[] id)
    {
        if (id.Length != sizeof(ushort))
            return StatusWord.WrongLength;
        if (card.Session.Application?.Find(BinaryPrimitives.ReadUInt16BigEndian(id)) is not { } file)
            return StatusWord.FileNotFound;
        card.Session.File = file;
        return StatusWord.Success;
    }
}
