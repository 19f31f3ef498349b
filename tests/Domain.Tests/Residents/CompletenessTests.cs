using System.Diagnostics;
using System.Text.RegularExpressions;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Domain.Tests.Residents;

/// <summary>What the compiler can't see: that tables over open hierarchies have a row for everything.</summary>
public sealed partial class CompletenessTests
{
    public static TheoryData<string> CommandNames => [.. Samples.Commands.Select(each => each.Name())];

    [Fact]
    public void There_is_a_sample_of_every_command_and_event()
    {
        Assert.Equal(TypesOf<ResidentCommand>(), Samples.Commands.Select(each => each.GetType()).OrderBy(each => each.Name));
        Assert.Equal(TypesOf<ResidentEvent>(), Samples.Events.Select(each => each.Event.GetType()).Distinct().OrderBy(each => each.Name));
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void The_table_has_an_arm_for_every_command(string name)
    {
        var command = Samples.Commands.Single(each => each.Name() == name);
        var by = People.Clerk with { Role = Permissions.For(command)[^1] };
        var scene = Stories.Holder().By(by);

        // The shell turns a request into an order before it decides: random numbers and proofs of possession are no decisions.
        if (command is RequestCertificate)
            Assert.Throws<UnreachableException>(() => scene.When(command));
        else
            Assert.NotNull(scene.When(command).Decision);
        Assert.NotNull(Scene.Given().By(by).When(command).Decision);
    }

    [Fact]
    public void The_fold_has_an_arm_for_every_event()
    {
        var provenance = Scene.Given().Circumstances(Scene.This).ToProvenance("sample");

        Assert.All(Samples.Events, each => Assert.NotNull(Resident.Evolve(each.Before, each.Event, provenance)));
    }

    [Fact]
    public void An_event_that_can_not_follow_is_a_damaged_stream()
    {
        var provenance = Scene.Given().Circumstances(Scene.This).ToProvenance("sample");

        Assert.Throws<UnreachableException>(() => Resident.Evolve(Scene.Given().State, new CardFaceUpdated(Cards.Own), provenance));
        Assert.Throws<UnreachableException>(() =>
            Resident.Evolve(Stories.Holder().State, new CertificateRevoked(Scene.Serial(77), Stories.Signature, RevocationCause.KeyLeaked), provenance));
        Assert.Throws<UnreachableException>(() =>
            Resident.Evolve(Stories.Holder().State, new CertificateReleased(Scene.Serial(1), Stories.Authentication, HoldCause.LossReported), provenance));
        Assert.Throws<ArgumentException>(() =>
            ResidentHistory.Empty.With(new Recorded(Scene.HanakosId, 2, new ResidentRegistered(People.Hanako, People.Day("2020-04-01")), provenance)));
    }

    [Fact]
    public void Events_are_stored_and_commands_sent_under_their_own_names()
    {
        var events = TypesOf<ResidentEvent>().Select(type => StoredNameAttribute.Of(type)).ToArray();
        var commands = TypesOf<ResidentCommand>().Select(type => StoredNameAttribute.Of(type)).ToArray();

        Assert.All(events, each => Assert.Matches(VersionedKebab(), each.Name));
        Assert.All(commands, each => Assert.Matches(Kebab(), each.Name));
        Assert.All([.. events, .. commands], each => Assert.Matches(Japanese(), each.Japanese));
        Assert.Distinct([.. events.Select(each => each.Name), .. commands.Select(each => each.Name)]);
    }

    [Fact]
    [Trait("Rule", "B3")]
    public void Every_refusal_speaks_both_languages_and_names_a_rule()
    {
        Assert.Distinct(RefusalCatalogue.All.Select(each => each.Code));
        Assert.All(RefusalCatalogue.All, each =>
        {
            Assert.Matches(Japanese(), each.Japanese);
            Assert.EndsWith("。", each.Japanese, StringComparison.Ordinal);
            Assert.Matches(English(), each.English);
            Assert.Matches(Rule(), each.Rule);
        });
    }

    private static IEnumerable<Type> TypesOf<T>() =>
        typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract).OrderBy(type => type.Name);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\.v[1-9][0-9]*$")]
    private static partial Regex VersionedKebab();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Japanese();

    [GeneratedRegex(@"^[A-Z][\x20-\x7E]+\.$")]
    private static partial Regex English();

    [GeneratedRegex("^([SBD][0-9]+|house)$")]
    private static partial Regex Rule();
}
