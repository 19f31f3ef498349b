using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Tests.Residents;

/// <summary>
/// 場面: what has happened so far, when it is, and who stands at the counter. <c>Given(…).At(…).By(…).When(…).Then(…)</c> is one
/// specification. The n-th certificate of a resident has serial, key and hash number n, so that they can be named beforehand.
/// </summary>
internal sealed record Scene(ResidentHistory History, DateTimeOffset Instant, Actor Actor, RuleSet Rules)
{
    private static readonly JsonSerializerOptions _readable = new(Contract.Options) { WriteIndented = true };

    /// <summary>The id of the command under test: what it applies for is known by it.</summary>
    public static readonly CommandId This = Id(999);

    public static readonly ResidentId HanakosId = ResidentId.Parse("13207-00000001");

    public Resident State => History.State;

    /// <summary>All that happened, with where it came from.</summary>
    public ImmutableList<Recorded> Told { get; init; } = [];

    /// <summary>The municipality as configured.</summary>
    public Municipality Municipality { get; init; } = Town.Akishima;

    public static Scene Given(params ResidentEvent[] events) =>
        new Scene(ResidentHistory.Empty, Time("2026-06-01T09:00+09:00"), People.Clerk, RuleSet.Akishima2018).Record(Id(1), "given", events);

    public static CommandId Id(int n) => new(new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));

    public static SerialNumber Serial(int n) => SerialNumber.Parse($"0a{n:x4}");

    public static Octets Key(int n) => Octets.From([0x30, (byte)(n >> 8), (byte)n]);

    public static Octets Der(int n) => Octets.From([0x30, 0x82, (byte)(n >> 8), (byte)n]);

    public static string Sha256(int n) => n.ToString("x64", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public Scene At(string instant) => this with { Instant = Time(instant) };

    public Scene By(Actor actor) => this with { Actor = actor };

    public Scene Under(RuleSet rules) => this with { Rules = rules };

    /// <summary>An earlier command, decided as it was sent; it must have been accepted.</summary>
    public Scene Done(ResidentCommand command, CommandId? id = null)
    {
        var circumstances = Circumstances(id ?? Id(100 + (int)History.Version));
        var decision = ResidentDecider.Decide(State, command, circumstances);
        return Record(circumstances.CommandId, command.Name(), Assert.IsType<Decision.Accepted>(decision).Events);
    }

    /// <summary>An earlier command of somebody else at the same instant.</summary>
    public Scene Done(Actor by, ResidentCommand command) => By(by).Done(command).By(Actor);

    public Outcome When(ResidentCommand command) => new(this, command, ResidentDecider.Decide(State, command, Circumstances(This)));

    public Circumstances Circumstances(CommandId id) => new(id, Actor, Instant, Municipality, Rules);

    private Scene Record(CommandId id, string command, IReadOnlyList<ResidentEvent> events)
    {
        var provenance = Circumstances(id).ToProvenance(command);
        var recorded = events.Select((each, i) => new Recorded(HanakosId, History.Version + 1 + i, each, provenance)).ToArray();
        return this with { History = History.With(recorded), Told = Told.AddRange(recorded) };
    }

    /// <summary>結果: what the decider answered.</summary>
    internal sealed record Outcome(Scene Scene, ResidentCommand Command, Decision Decision)
    {
        /// <summary>Exactly these events, in this order.</summary>
        /// <returns>The scene after them, for what follows.</returns>
        public Scene Then(params ResidentEvent[] events)
        {
            var accepted = Assert.IsType<Decision.Accepted>(Decision);
            Assert.Equal(JsonSerializer.Serialize(events, _readable), JsonSerializer.Serialize(accepted.Events, _readable));
            return Scene.Record(This, Command.Name(), events);
        }

        /// <returns>The scene, unchanged.</returns>
        public Scene ThenRefused(string code)
        {
            Assert.Equal(code, Assert.IsType<Decision.Refused>(Decision).Refusal.Code);
            return Scene;
        }
    }
}
