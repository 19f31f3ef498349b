using Jpki.VirtualCard.Files;

namespace Jpki.VirtualCard.State;

/// <summary>What the card forgets on power-off, reset and removal: selection, verified PINs, terminal, challenge, right.</summary>
internal sealed class CardSession
{
    private readonly HashSet<PinObject> _verified = [];

    public CardApplication? Application { get; private set; }

    /// <summary>The selected EF; null right after an application was selected.</summary>
    public ElementaryFile? File { get; set; }

    public bool IsJpki => Application == CardLayout.Jpki;

    public TerminalCertificate? Terminal { get; private set; }

    /// <summary>The latest challenge that external authentication may answer; good for one attempt.</summary>
    public byte[]? Challenge { get; set; }

    /// <summary>発行者権限: the terminal has proved itself in this session.</summary>
    public bool HasIssuerRight { get; set; }

    /// <summary>The rest of an answer that waits for GET RESPONSE.</summary>
    public ReadOnlyMemory<byte> Waiting { get; set; }

    public bool IsVerified(PinObject pin) => _verified.Contains(pin);

    public void MarkVerified(PinObject pin) => _verified.Add(pin);

    public void EndVerification(PinObject pin) => _verified.Remove(pin);

    /// <summary>Ends PIN verification and the selection, also when the same application is selected again; the right stays.</summary>
    public void Enter(CardApplication application)
    {
        Application = application;
        File = null;
        _verified.Clear();
    }

    /// <summary>A new terminal, or none: whatever the last one had earned is gone.</summary>
    public void Face(TerminalCertificate? terminal)
    {
        Terminal = terminal;
        Challenge = null;
        HasIssuerRight = false;
    }

    public void Clear()
    {
        Application = null;
        File = null;
        Waiting = default;
        _verified.Clear();
        Face(null);
    }
}
