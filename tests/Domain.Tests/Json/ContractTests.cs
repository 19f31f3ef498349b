using System.Text.Json;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Tests.Residents;

namespace Jpki.Domain.Tests.Json;

/// <summary>The contract on the wire and in the ledger: what comes in is exactly what it says, or an error.</summary>
public sealed class ContractTests
{
    private const string Suspend = """{"commandId":"00000001-0000-0000-0000-000000000001","command":{"type":"suspend-certificates"}}""";

    private const string Register =
        """{"type":"register-resident","attributes":{"name":"昭島花子","address":"東京都昭島市","birthDate":"1990-10-05","sex":"female"},"occurredOn":"2020-04-01"}""";

    public static TheoryData<string> FromOutside => [.. StoredNames.Commands.Keys];

    [Theory]
    [MemberData(nameof(FromOutside))]
    public void A_command_comes_back_as_it_was_sent(string name)
    {
        var envelope = new CommandEnvelope(Scene.Id(5), Samples.Commands.Single(each => each.Name() == name));

        var json = JsonSerializer.Serialize(envelope, Contract.Options);
        var read = JsonSerializer.Deserialize<CommandEnvelope>(json, Contract.Options)!;

        Assert.IsType(envelope.Command.GetType(), read.Command);
        Assert.Equal(json, JsonSerializer.Serialize(read, Contract.Options));
        Assert.Contains($"\"type\":\"{name}\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_come_back_as_they_were_stored() =>
        Assert.All(Samples.Events.Select(each => each.Event), each =>
        {
            var json = JsonSerializer.Serialize(each, Contract.Options);
            var read = JsonSerializer.Deserialize<ResidentEvent>(json, Contract.Options);
            Assert.IsType(each.GetType(), read);
            Assert.Equal(json, JsonSerializer.Serialize(read, Contract.Options));
        });

    [Theory]
    [InlineData("order-certificate")]
    [InlineData("record-certificate")]
    [InlineData("refuse-certificate")]
    public void What_the_back_office_says_to_itself_is_not_taken_from_outside(string name) =>
        Assert.Throws<JsonException>(() => Read<ResidentCommand>($$"""{"type":"{{name}}"}"""));

    [Fact]
    public void The_type_may_stand_anywhere() =>
        Assert.IsType<AbandonApplication>(
            Read<ResidentCommand>("""{"application":"00000001-0000-0000-0000-000000000001","type":"abandon-application"}"""));

    [Theory]
    [InlineData("unknown member", "\"occurredOn\":", "\"occuredOn\":\"2020-04-01\",\"occurredOn\":")]
    [InlineData("another case", "\"name\":", "\"Name\":")]
    [InlineData("missing member", ",\"occurredOn\":\"2020-04-01\"", "")]
    [InlineData("missing inner member", "\"address\":\"東京都昭島市\",", "")]
    [InlineData("wrong enum", "\"female\"", "\"lady\"")]
    [InlineData("number for enum", "\"female\"", "2")]
    [InlineData("number in quotes for enum", "\"female\"", "\"2\"")]
    [InlineData("two enums in one", "\"female\"", "\"female, male\"")]
    [InlineData("enum in another case", "\"female\"", "\"Female\"")]
    [InlineData("null for required", "\"昭島花子\"", "null")]
    [InlineData("null for a day", "\"2020-04-01\"", "null")]
    [InlineData("not a day", "\"2020-04-01\"", "\"2020-04-31\"")]
    [InlineData("number for text", "\"昭島花子\"", "1")]
    [InlineData("duplicate member", "\"sex\":\"female\"", "\"sex\":\"female\",\"sex\":\"male\"")]
    [InlineData("unknown command", "register-resident", "register-residents")]
    [InlineData("event for command", "register-resident", "resident-registered.v1")]
    [InlineData("comment", "{\"type\"", "{/* */\"type\"")]
    [InlineData("trailing comma", "\"2020-04-01\"}", "\"2020-04-01\",}")]
    public void What_is_not_of_the_contract_is_an_error(string what, string right, string wrong)
    {
        Assert.IsType<RegisterResident>(Read<ResidentCommand>(Register));
        var mutilated = Register.Replace(right, wrong, StringComparison.Ordinal);

        Assert.NotEqual(Register, mutilated);
        var error = Record.Exception(() => Read<ResidentCommand>(mutilated));
        Assert.True(error is JsonException, $"{what}: {error?.GetType().Name ?? "accepted"}");
    }

    // Not a JsonException: whoever takes commands from outside asks for the type first.
    [Fact]
    public void A_command_without_its_type_is_not_guessed() =>
        Assert.Throws<NotSupportedException>(() => Read<ResidentCommand>(Register.Replace("\"type\":\"register-resident\",", "", StringComparison.Ordinal)));

    [Fact]
    public void An_envelope_without_a_command_or_an_id_is_an_error()
    {
        Assert.IsType<SuspendCertificates>(Read<CommandEnvelope>(Suspend)!.Command);
        Assert.Throws<JsonException>(() => Read<CommandEnvelope>("""{"commandId":"00000001-0000-0000-0000-000000000001"}"""));
        Assert.Throws<JsonException>(() => Read<CommandEnvelope>("""{"commandId":"00000001-0000-0000-0000-000000000001","command":null}"""));
        Assert.Throws<JsonException>(() => Read<CommandEnvelope>("""{"command":{"type":"suspend-certificates"}}"""));
    }

    [Theory]
    [InlineData(typeof(CardSerial), "13207000000000")]
    [InlineData(typeof(CardSerial), "1320700000000１５")]
    [InlineData(typeof(MunicipalityCode), "132075")]
    [InlineData(typeof(OfficeCode), "1320700010")]
    [InlineData(typeof(ResidentId), "13207_00000001")]
    [InlineData(typeof(ResidentId), "1320700000001")]
    [InlineData(typeof(SerialNumber), "0A01")]
    [InlineData(typeof(SerialNumber), "00ab")]
    [InlineData(typeof(SerialNumber), "80ab")]
    [InlineData(typeof(SerialNumber), "abc")]
    [InlineData(typeof(CommandId), "{5ac0b5a4-3c21-4f0e-9d4e-000000000001}")]
    [InlineData(typeof(CommandId), "00000000-0000-0000-0000-000000000000")]
    public void A_malformed_identifier_is_an_error_that_does_not_repeat_it(Type type, string text)
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(JsonSerializer.Serialize(text), type, Contract.Options));

        Assert.DoesNotContain(text, error.ToString(), StringComparison.Ordinal);
        Assert.Contains(type.Name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("132070000000001")]
    [InlineData("{}")]
    public void An_identifier_is_a_string(string json) => Assert.Throws<JsonException>(() => Read<CardSerial>(json));

    [Fact]
    public void Octets_are_Base64_and_never_shown_otherwise()
    {
        var octets = Octets.From([0xfb, 0xff, 0x3e]);

        Assert.Equal("\"+/8+\"", JsonSerializer.Serialize(octets, Contract.Options));
        Assert.Equal(octets, Read<Octets>("\"+/8+\""));
        Assert.Throws<JsonException>(() => Read<Octets>("\"-_8-\""));
        Assert.Equal("3 octets", octets.ToString());
    }

    [Fact]
    public void Japanese_is_stored_as_it_is_read() =>
        Assert.Contains("昭島花子", JsonSerializer.Serialize<ResidentCommand>(Samples.Commands[0], Contract.Options), StringComparison.Ordinal);

    [Fact]
    public void Rare_characters_of_names_survive()
    {
        var rare = People.Hanako with { Name = "𠮷野　葛󠄀子" };

        var json = JsonSerializer.Serialize(rare, Contract.Options);

        Assert.Equal(rare, Read<FourAttributes>(json));
    }

    [Fact]
    public void Personal_data_does_not_slip_into_a_text_about_it()
    {
        Assert.DoesNotContain("昭島", Samples.Commands[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("昭島", Samples.Commands.OfType<OrderCertificate>().Single().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("昭島", Stories.Holder().State.ToString(), StringComparison.Ordinal);
    }

    private static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Contract.Options);
}
