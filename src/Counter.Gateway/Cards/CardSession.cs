using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.PcSc;
using Jpki.Domain.Identifiers;

namespace Jpki.Counter.Gateway.Cards;

/// <summary>How a session treats its card.</summary>
public sealed record CardSessionOptions
{
    /// <summary>How long a card may think about one command before it counts as mute. Key generation has a minute of its own.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of each exchange: instruction and status word, never data.</summary>
    public Action<ApduTrace>? Trace { get; init; }
}

/// <summary>A visit to one card: bound to the card's identity, not to the reader's handle.</summary>
/// <remarks>
/// Holds the card alone and resets it at the end. Any failure that <see cref="CardFailure.EndsTheSession"/> is its last word: open another.
/// Selecting an application makes the applets selected before unusable. For one caller at a time.
/// </remarks>
public sealed class CardSession : IAsyncDisposable
{
    private readonly ICardChannel _channel;
    private readonly IAsyncDisposable _connection;
    private SelectedApplication? _selected;
    private CardFailure? _ended;

    private CardSession(string reader, ICardChannel channel, IAsyncDisposable connection) =>
        (Reader, _channel, _connection) = (reader, channel, connection);

    /// <summary>Name of the reader the card is in.</summary>
    public string Reader { get; }

    /// <summary>The card the session is bound to.</summary>
    public CardSerial Serial { get; private set; }

    /// <summary>Takes the card in a reader and reads who it is.</summary>
    public static async Task<CardResult<CardSession>> OpenAsync(
        string reader, CardSessionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CardSessionOptions();
        cancellationToken.ThrowIfCancellationRequested();
        var opened = await CardConnection.OpenAsync(reader, options.Patience, options.Time);
        if (opened.Value is not { } connection)
        {
            // A program in the middle of an exchange or a transaction does not make PC/SC refuse, it makes it wait.
            return opened.Error == PcScError.DeadlineExceeded ? new CardFailure.ReaderBusy() : PcScChannel.Explain(opened.Error);
        }

        ICardChannel channel = new PcScChannel(connection, options.Patience);
        if (options.Trace is { } trace)
            channel = new TracedChannel(channel, trace, options.Time);
        return await BindAsync(reader, new ResponseChaining(channel), connection, cancellationToken);
    }

    /// <summary>
    /// Binds a session to whatever card answers on <paramref name="channel"/>; owns <paramref name="connection"/> from here on.
    /// </summary>
    internal static async Task<CardResult<CardSession>> BindAsync(
        string reader, ICardChannel channel, IAsyncDisposable connection, CancellationToken cancellationToken)
    {
        var session = new CardSession(reader, channel, connection);
        try
        {
            var identity = await session.ReadIdentityAsync(cancellationToken);
            if (identity.TryGet(out var serial, out var failure))
            {
                session.Serial = serial;
                return session;
            }

            await session.DisposeAsync();
            return failure.EndsTheSession ? failure : new CardFailure.NotThisKindOfCard();
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public Task<CardResult<JpkiApplet>> SelectJpkiAsync(CancellationToken cancellationToken = default) =>
        SelectAsync(JpkiApplet.Aid, cancellationToken).Select(application => new JpkiApplet(application, EnsureSameCardAsync));

    public Task<CardResult<CardFaceApplet>> SelectCardFaceAsync(CancellationToken cancellationToken = default) =>
        SelectAsync(CardFaceApplet.Aid, cancellationToken).Select(application => new CardFaceApplet(application, EnsureSameCardAsync));

    public Task<CardResult<BasicRegisterApplet>> SelectBasicRegisterAsync(CancellationToken cancellationToken = default) =>
        SelectAsync(BasicRegisterApplet.Aid, cancellationToken)
            .Select(application => new BasicRegisterApplet(application, EnsureSameCardAsync));

    public Task<CardResult<CommonApplet>> SelectCommonAsync(CancellationToken cancellationToken = default) =>
        SelectAsync(CommonApplet.Aid, cancellationToken).Select(application => new CommonApplet(application));

    /// <summary>
    /// Reads the serial again. Within the JPKI application verified PINs stay verified; from another application the JPKI application is
    /// selected and left again, which ends them. The applets call this before each write; call it before anything else that must not meet
    /// another card.
    /// </summary>
    /// <returns>
    /// <see cref="CardFailure.CardChanged"/> for another card; <see cref="CardFailure.CardRemoved"/> for the same one after it was away.
    /// </returns>
    public async Task<CardResult<Done>> EnsureSameCardAsync(CancellationToken cancellationToken = default)
    {
        var application = _selected;
        if (application is null || !application.Aid.Span.SequenceEqual(JpkiApplet.Aid.Span))
            return await EnsureSameCardFromOutsideAsync(application, cancellationToken);

        var here = await ReadSerialAsync(application, cancellationToken);
        if (here.Failure is null)
            return here.Value == Serial ? default(Done) : End(new CardFailure.CardChanged());
        if (here.Failure.EndsTheSession)
            return here.Failure;

        // The application is not selected any more, so the card has been without power. Which card is it now?
        var identity = await ReadIdentityAsync(cancellationToken);
        if (identity.Failure is { EndsTheSession: true } gone)
            return gone;
        return End(identity.Failure is null && identity.Value == Serial ? new CardFailure.CardRemoved() : new CardFailure.CardChanged());
    }

    /// <summary>Resets the card and lets it go.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<CardResult<Done>> EnsureSameCardFromOutsideAsync(
        SelectedApplication? application, CancellationToken cancellationToken)
    {
        var identity = await ReadIdentityAsync(cancellationToken);
        if (identity.Failure is { EndsTheSession: true } gone)
            return gone;
        if (identity.Failure is not null || identity.Value != Serial)
            return End(new CardFailure.CardChanged());
        if (application is null)
            return default(Done);

        return await SelectAsync(application, cancellationToken).Select(_ => default(Done));
    }

    private Task<CardResult<CardSerial>> ReadIdentityAsync(CancellationToken cancellationToken) =>
        SelectAsync(JpkiApplet.Aid, cancellationToken)
            .Then(application => ReadSerialAsync(application, cancellationToken));

    private Task<CardResult<CardSerial>> ReadSerialAsync(SelectedApplication application, CancellationToken cancellationToken) =>
        new JpkiApplet(application, EnsureSameCardAsync).ReadSerialAsync(cancellationToken);

    private Task<CardResult<SelectedApplication>> SelectAsync(ReadOnlyMemory<byte> aid, CancellationToken cancellationToken) =>
        SelectAsync(new SelectedApplication(this, aid), cancellationToken);

    private async Task<CardResult<SelectedApplication>> SelectAsync(SelectedApplication application, CancellationToken cancellationToken)
    {
        var before = _selected;
        _selected = application;
        var answer = await application.SendAsync(new SelectApplication(application.Aid), cancellationToken);
        if (answer.Failure is null)
            return application;

        // A SELECT that fails changes nothing on the card.
        _selected = before;
        return answer.Failure;
    }

    private async Task<CardResult<ResponseApdu>> TransmitAsync(CommandApdu command, CancellationToken cancellationToken)
    {
        if (_ended is not null)
            return _ended;
        var answer = await _channel.TransmitAsync(command, cancellationToken);
        return answer.Failure is null ? answer : End(answer.Failure);
    }

    private CardFailure End(CardFailure failure) => _ended ??= failure;

    /// <summary>The card as one application sees it, as long as that application is the selected one.</summary>
    private sealed class SelectedApplication(CardSession session, ReadOnlyMemory<byte> aid) : ICardChannel
    {
        public ReadOnlyMemory<byte> Aid => aid;

        /// <exception cref="InvalidOperationException">
        /// Another application has been selected since. Files have the same names in all of them: the command would reach the wrong one.
        /// </exception>
        public Task<CardResult<ResponseApdu>> TransmitAsync(CommandApdu command, CancellationToken cancellationToken) =>
            session._selected == this
                ? session.TransmitAsync(command, cancellationToken)
                : throw new InvalidOperationException("Another application of the card has been selected since; select this one again.");
    }
}
