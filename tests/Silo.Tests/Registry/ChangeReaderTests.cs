using System.Text;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Silo.Registry;
using Jpki.Silo.Validation;

namespace Jpki.Silo.Tests.Registry;

/// <summary>What a line may be, and what is said about one that may not.</summary>
public sealed class ChangeReaderTests
{
    private const string Secret = "Geheim";

    private static readonly MunicipalityCode _akishima = MunicipalityCode.Parse("13207");
    private readonly ChangeReader _reader = new(new EnvelopeValidator());

    [Fact]
    public void A_registration_is_the_registries_command_with_the_day_it_took_effect()
    {
        var good = Assert.IsType<ReadChange.Good>(Read(Lines.Registered(1, 7)));

        Assert.Equal(ResidentId.Parse("13207-00000007"), good.Change.Resident);
        Assert.Equal(
            new RegisterResident(new FourAttributes(Lines.Name, Lines.Address, new DateOnly(1990, 9, 23), Sex.Female), new DateOnly(2026, 5, 30)),
            good.Envelope.Command);
    }

    [Theory]
    [InlineData("registered", typeof(RegisterResident))]
    [InlineData("changed", typeof(ChangeAttributes))]
    [InlineData("corrected", typeof(CorrectAttributes))]
    public void Kinds_that_carry_all_four_attributes_are_commands_that_do(string kind, Type command) =>
        Assert.IsType(command, Assert.IsType<ReadChange.Good>(Read(Lines.Line(1, 7, kind))).Envelope.Command);

    [Theory]
    [InlineData("\"cause\":\"death\"", RemovalCause.Death, false)]
    [InlineData("\"cause\":\"movedOverseas\",\"continuedUse\":true", RemovalCause.MovedOverseas, true)]
    [Trait("Rule", "S23")]
    public void A_removal_carries_its_cause(string members, RemovalCause cause, bool continuedUse) =>
        Assert.Equal(
            new RemoveResident(cause, new DateOnly(2026, 5, 30), continuedUse),
            Assert.IsType<ReadChange.Good>(Read(Lines.Removed(1, 7, members))).Envelope.Command);

    [Theory]
    [InlineData("\"cause\":\"Geheim\"", "$.cause")]
    [InlineData("\"cause\":\"death\",\"continuedUse\":\"Geheim\"", "$.continuedUse")]
    [InlineData("\"cause\":\"death\",\"attributes\":{}", "$.attributes")]
    [InlineData("\"continuedUse\":true", "$")]
    [Trait("Rule", "S23")]
    public void A_removal_has_its_own_members_and_no_others(string members, string place) =>
        Assert.Equal([place], AssertRejected("WrongMember", "13207-2026-000001", Lines.Removed(1, 7, members)).Why.Fields);

    [Fact]
    [Trait("Rule", "S23")]
    public void A_removal_told_by_mistake_is_corrected_and_has_no_day()
    {
        Assert.IsType<CorrectRemoval>(Assert.IsType<ReadChange.Good>(Read(Lines.Of(1, 7, "removal-corrected"))).Envelope.Command);
        AssertRejected("WrongMember", "13207-2026-000001", Lines.Of(1, 7, "removal-corrected", ",\"occurredOn\":\"2026-05-30\""));
    }

    [Theory]
    [InlineData("started", WardChange.Started)]
    [InlineData("ended", WardChange.Ended)]
    [Trait("Rule", "S24")]
    public void The_registry_tells_who_becomes_a_ward_and_who_is_one_no_longer(string change, WardChange expected) =>
        Assert.Equal(
            new RecordWardStatus(expected, new DateOnly(2026, 5, 30)),
            Assert.IsType<ReadChange.Good>(Read(Ward(change))).Envelope.Command);

    [Fact]
    [Trait("Rule", "S24")]
    public void A_change_of_ward_status_that_there_is_not_is_told_by_its_place() =>
        Assert.Equal(["$.change"], AssertRejected("WrongMember", "13207-2026-000001", Ward("Geheim")).Why.Fields);

    private static string Ward(string change) =>
        Lines.Of(1, 7, "ward-changed", $",\"occurredOn\":\"2026-05-30\",\"change\":\"{change}\"");

    [Fact]
    public void The_same_number_is_the_same_command_id_for_ever_whatever_else_the_line_says()
    {
        var (first, again) = (Assert.IsType<ReadChange.Good>(Read(Lines.Registered(123, 7))), Assert.IsType<ReadChange.Good>(Read(Lines.Changed(123, 8))));

        Assert.Equal("c43e5db8-6f55-8a6f-ae0f-cf421b6fc523", first.Envelope.CommandId.ToString());
        Assert.Equal(first.Envelope.CommandId, again.Envelope.CommandId);
    }

    [Theory]
    [InlineData("NotJson", "Geheim")]
    [InlineData("NotJson", "[]")]
    [InlineData("NotJson", "\"Geheim\"")]
    [InlineData("NotJson", "null")]
    [InlineData("NotJson", "{\"changeNumber\":\"13207-2026-000001\"")]
    [InlineData("NotJson", "{} {}")]
    [InlineData("NotJson", "{\"kind\":\"changed\",\"kind\":\"registered\"}")]
    [InlineData("NotJson", "{\"kind\":\"\\ud800\"}")]
    [InlineData("NotJson", "{\"\\ud800\":1,\"\\ud800\":2}")]
    [InlineData("NotJson", "[[[[[[[[[[[[[[]]]]]]]]]]]]]]")]
    [InlineData("UnknownKind", "{}")]
    [InlineData("UnknownKind", "{\"kind\":1}")]
    [InlineData("UnknownKind", "{\"kind\":\"Changed\"}")]
    [InlineData("UnknownKind", "{\"kind\":\"Geheim\"}")]
    [InlineData("UnknownKind", "{\"kind\":\"registered, changed\"}")]
    [InlineData("WrongMember", "{\"kind\":\"changed\"}")]
    public void What_is_no_change_is_rejected(string code, string line) => AssertRejected(code, null, line);

    [Theory]
    [InlineData("WrongMember", "\"2026-05-30\"", "\"2026-02-30\"", "$.occurredOn")]
    [InlineData("WrongMember", "\"2026-05-30\"", "20260530", "$.occurredOn")]
    [InlineData("WrongMember", "\"2026-05-30\"", "null", "$.occurredOn")]
    [InlineData("WrongMember", "13207-00000007", "13207-Geheim", "$.resident")]
    [InlineData("WrongMember", "\"name\":\"昭島 くじら子\"", "\"name\":null", "$.attributes.name")]
    [InlineData("WrongMember", "\"name\":\"昭島 くじら子\"", "\"name\":{\"Geheim\":1}", "$.attributes.name")]
    [InlineData("WrongMember", "\"name\":\"昭島 くじら子\"", "\"name\":\"\\udfff\"", "$.attributes.name")]
    [InlineData("WrongMember", "\"name\":\"昭島 くじら子\",", "", "$.attributes")]
    [InlineData("WrongMember", "\"name\":\"昭島 くじら子\"", "\"Geheim\":\"昭島 くじら子\"", "$.attributes")]
    [InlineData("WrongMember", "\"female\"", "\"Geheim\"", "$.attributes.sex")]
    [InlineData("WrongMember", "\"female\"", "2", "$.attributes.sex")]
    [InlineData("WrongMember", "\"kind\"", "\"Geheim\":1,\"kind\"", "$")]
    [InlineData("WrongShape", "昭島 くじら子", " ", "attributes.name: 1 to 100 characters, not blank, no control characters")]
    [InlineData("WrongShape", "昭島 くじら子", "Geheim\\u0000", "attributes.name: 1 to 100 characters, not blank, no control characters")]
    [InlineData("WrongShape", "1990-09-23", "1600-01-01", "attributes.birthDate: a day since 1868-01-25")]
    [InlineData("WrongShape", "1990-09-23", "2026-05-31", "occurredOn: not before the date of birth")]
    [Trait("Rule", "S6")]
    public void What_is_wrong_is_named_by_its_place_and_never_by_its_value(string code, string right, string wrong, string place)
    {
        var bad = AssertRejected(code, "13207-2026-000001", Lines.Registered(1, 7).Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal([place], bad.Why.Fields);
    }

    [Theory]
    [InlineData("13207-00000007", "13208-00000007", "13207-2026-000001")]
    [InlineData("13207-2026-000001", "13208-2026-000001", "13208-2026-000001")]
    [Trait("Rule", "S23")]
    public void Another_municipalitys_residents_and_numbers_are_not_this_registrys(string right, string wrong, string number) =>
        AssertRejected("OtherMunicipality", number, Lines.Changed(1, 7).Replace(right, wrong, StringComparison.Ordinal));

    [Fact]
    public void An_illegible_number_is_not_repeated() =>
        AssertRejected("WrongMember", null, Lines.Changed(1, 7).Replace("13207-2026-000001", Secret, StringComparison.Ordinal));

    [Fact]
    public void Octets_that_are_not_UTF_8_are_rejected()
    {
        var shiftJis = Encoding.UTF8.GetBytes(Lines.Changed(1, 7)).Select(octet => octet == 0xE6 ? (byte)0x8D : octet).ToArray();

        Assert.Equal("InvalidUtf8", Assert.IsType<ReadChange.Bad>(_reader.Read(new FeedLine(1, shiftJis), _akishima)).Why.Code);
    }

    [Fact]
    public void A_line_that_was_too_long_is_rejected() =>
        Assert.Equal("LineTooLong", Assert.IsType<ReadChange.Bad>(_reader.Read(new FeedLine(1, null), _akishima)).Why.Code);

    private ReadChange Read(string line) => _reader.Read(new FeedLine(1, Encoding.UTF8.GetBytes(line)), _akishima);

    private ReadChange.Bad AssertRejected(string code, string? number, string line)
    {
        var bad = Assert.IsType<ReadChange.Bad>(Read(line));
        var report = Encoding.UTF8.GetString(FeedJson.Line(LineReport.Rejected(1, bad.Number, bad.Why)));

        Assert.Equal((code, number), (bad.Why.Code, bad.Number?.Value));
        Assert.All(new[] { Secret, "くじら", "田中町", "1990", "ud800" }, each => Assert.DoesNotContain(each, report, StringComparison.Ordinal));
        return bad;
    }
}
