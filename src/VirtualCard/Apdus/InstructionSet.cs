using Jpki.VirtualCard.Commands;
using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Apdus;

/// <summary>One instruction: which class, lengths and parameters it takes, and who carries it out.</summary>
/// <param name="Cla">The class byte it takes.</param>
/// <param name="IsRead">Needs Le and takes no data.</param>
/// <param name="TakesP1P2">Which parameters it takes; others are 6A86.</param>
/// <param name="Run">The rest of the checks (type of EF, right, data) and the work.</param>
internal sealed record Instruction(byte Cla, bool IsRead, Func<ushort, bool> TakesP1P2, Func<CommandApdu, CardAnswer> Run);

/// <summary>
/// The card's commands, and the first half of the order in which it looks for faults: CLA, INS, length coding, P1-P2.
/// Type of EF, right and data follow inside each command. The order is observable, and a gateway may rely on it.
/// </summary>
internal sealed class InstructionSet
{
    public const byte GetResponse = 0xC0;

    private readonly Dictionary<byte, Instruction> _instructions;

    public InstructionSet(CardContext card)
    {
        var (files, pins, terminal) = (new FileCommands(card), new PinCommands(card), new TerminalAuthentication(card));
        var (keys, certificates) = (new KeyCommands(card), new CertificateCommands(card));
        _instructions = new()
        {
            [0xA4] = new(0x00, false, p => p is 0x040C or 0x020C, files.Select),
            [0xB0] = new(0x00, true, p => p < 0x8000, files.ReadBinary),
            [0xB2] = new(0x00, true, p => (p & 0xFF) == 0x04, files.ReadRecord),
            [0xD6] = new(0x00, false, p => p < 0x8000, files.UpdateBinary),
            [0x20] = new(0x00, false, p => p == 0x0080, pins.Verify),
            [0x24] = new(0x00, false, p => p == 0x0180, pins.Change),
            [0x2C] = new(0x00, false, p => p == 0x0280, pins.SetByIssuer),
            [0x84] = new(0x00, true, p => p == 0x0000, terminal.GetChallenge),
            [0xA2] = new(0x80, false, p => p == 0x00C1, terminal.PresentCertificate),
            [0x82] = new(0x00, false, p => p == 0x0096, terminal.ExternalAuthenticate),
            [0x47] = new(0x00, false, p => p is 0x0097 or 0x009A, keys.GenerateKeyPair),
            [GetResponse] = new(0x00, true, p => p == 0x0000, keys.GetResponse),
            [0x2A] = new(0x80, false, p => p is 0x0080 or 0x8080, keys.ComputeSignature),
            [0x44] = new(0x00, false, p => p == 0x0000, certificates.Activate),
            [0x04] = new(0x00, false, p => p == 0x0000, certificates.Clear),
        };
    }

    public CardAnswer Execute(ReadOnlySpan<byte> apdu)
    {
        var (cla, ins) = (apdu.Length > 0 ? apdu[0] : default, apdu.Length > 1 ? apdu[1] : default);
        var instruction = _instructions.GetValueOrDefault(ins);
        if (cla != (instruction?.Cla ?? 0x00))
            return StatusWord.ClassNotSupported;
        if (instruction is null)
            return apdu.Length > 1 ? StatusWord.InstructionNotSupported : StatusWord.WrongLength;
        if (CommandApdu.Parse(apdu) is not { } command || (instruction.IsRead && !IsPlainRead(command)))
            return StatusWord.WrongLength;
        return instruction.TakesP1P2(command.P1P2) ? instruction.Run(command) : StatusWord.WrongP1P2;
    }

    private static bool IsPlainRead(CommandApdu command) => command is { Le: not null, Data.Length: 0 };
}
