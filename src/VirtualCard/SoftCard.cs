using System.Globalization;
using System.Text;
using Jpki.VirtualCard.Apdus;
using Jpki.VirtualCard.Files;
using Jpki.VirtualCard.Keys;
using Jpki.VirtualCard.Manufacture;
using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard;

/// <summary>
/// マイナンバーカード in software. Reading and use follow what open clients of the real card do; personalisation is simulated:
/// its commands are our own, made from ISO 7816-4, -8 and -9, because those of the real card are not public.
/// </summary>
/// <remarks>Safe for use from several threads; commands are carried out one at a time, as on a card.</remarks>
public sealed class SoftCard
{
    private static readonly byte[] AnswerToReset = Convert.FromHexString("3BE000FF8131FE4514");

    private readonly Lock _gate = new();
    private readonly CardContext _context;
    private readonly InstructionSet _instructions;

    private SoftCard(CardState state, Action<CardState> store, IRsaKeySource? keys, TimeProvider? clock)
    {
        _context = new CardContext(state, store, keys ?? new RsaKeyGenerator(), clock ?? TimeProvider.System);
        _instructions = new InstructionSet(_context);
    }

    /// <summary>リセット応答 (ATR).</summary>
    public static ReadOnlyMemory<byte> Atr => AnswerToReset;

    /// <summary>What the card tells without a PIN.</summary>
    public CardFacts Facts
    {
        get
        {
            lock (_gate)
                return FactsOf(_context.State);
        }
    }

    /// <summary>Makes a blank card.</summary>
    /// <param name="order">What to make it from.</param>
    /// <param name="file">Where to keep its memory, in a file that must not exist yet; null keeps it in this process only.</param>
    /// <param name="keys">Where it gets key pairs; by default made on demand.</param>
    /// <param name="clock">Its host's clock, for the last day of terminal certificates.</param>
    /// <exception cref="ArgumentException">The order is malformed.</exception>
    /// <exception cref="IOException">The file exists or cannot be written.</exception>
    public static SoftCard Manufacture(CardOrder order, string? file = null, IRsaKeySource? keys = null, TimeProvider? clock = null)
    {
        var state = CardFactory.Manufacture(order);
        if (file is null)
            return new SoftCard(state, _ => { }, keys, clock);
        if (File.Exists(file))
            throw new IOException($"'{file}' exists; a card is not overwritten.");
        CardFile.Write(file, state);
        return Load(file, keys, clock);
    }

    /// <summary>Takes up a card kept in a file. Every change is on the disk before the answer that reports it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is not a card.</exception>
    public static SoftCard Load(string file, IRsaKeySource? keys = null, TimeProvider? clock = null) =>
        new(CardFile.Read(file), state => CardFile.Write(file, state), keys, clock);

    /// <summary>Carries out one command.</summary>
    /// <param name="command">A command APDU; anything at all is answered.</param>
    /// <returns>Data and status word, at least two bytes.</returns>
    /// <exception cref="IOException">The change could not be stored: the card has not changed and gives no answer.</exception>
    public byte[] Transmit(ReadOnlySpan<byte> command)
    {
        lock (_gate)
        {
            if (command is not [0x00, InstructionSet.GetResponse, ..])
                _context.Session.Waiting = default;
            return _instructions.Execute(command).ToBytes();
        }
    }

    /// <summary>Power off, power on, reset and removal are one to the card: whatever is not stored is forgotten.</summary>
    public void Reset()
    {
        lock (_gate)
            _context.Session.Clear();
    }

    private static CardFacts FactsOf(CardState state)
    {
        var record = Encoding.ASCII.GetString(state.CommonRecord);
        return new CardFacts(
            record[..15],
            record[15..20],
            DateOnly.ParseExact(record[20..], "yyyyMMdd", CultureInfo.InvariantCulture),
            state.Keys[KeyObject.Signature].Certificate is not null,
            state.Keys[KeyObject.UserAuthentication].Certificate is not null,
            CardLayout.PinFiles.ToDictionary(
                file => file.Id.ToString("X4", CultureInfo.InvariantCulture), file => state.Pins[file.Pin].TriesLeft));
    }
}
