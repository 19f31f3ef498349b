using System.Reflection;
using System.Text.Json;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Tests.Support;

namespace Jpki.Counter.Gateway.Tests.Applets;

[Trait("Rule", "S9")]
[Trait("Rule", "S12")]
public sealed class PinTests
{
    [Fact]
    public void A_PIN_is_wiped_when_disposed()
    {
        var pin = Expect.Pin("ABC123");
        var field = typeof(Pin).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Single(field => field.FieldType == typeof(byte[]));
        var bytes = Assert.IsType<byte[]>(field.GetValue(pin));
        Assert.Equal("ABC123"u8, bytes);

        pin.Dispose();

        Assert.All(bytes, value => Assert.Equal(0, value));
        Assert.Throws<ObjectDisposedException>(() => pin.Characters);
    }

    [Fact]
    public void A_PIN_has_no_text_and_is_never_serialised()
    {
        using var pin = Expect.Pin("1234");
        Assert.Equal("PIN", $"{pin}");
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(pin));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new { pin }));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Pin>("\"1234\""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901234567")]
    [InlineData("12 4")]
    [InlineData("１２３４")]
    public void What_cannot_be_sent_to_a_card_is_no_PIN(string typed) => Assert.False(Pin.TryCreate(typed, out _));
}
