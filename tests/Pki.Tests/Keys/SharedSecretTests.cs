using Jpki.Pki.Keys;

namespace Jpki.Pki.Tests.Keys;

public sealed class SharedSecretTests
{
    private const string First = "first officer's part";
    private const string Second = "second officer's part";

    /// <summary>Every store of two parts rests on this value: another one would lock them all.</summary>
    [Fact]
    public void The_secret_of_two_parts_stays_what_it_was() =>
        Assert.Equal("MhVzLd15ZjQ++gJcmeypqzvKFZTtWDYbAWKw12vcQuk=", SharedSecret.Combine(First, Second));

    [Fact]
    public void Neither_order_nor_the_border_between_the_parts_is_indifferent()
    {
        string[] secrets =
        [
            SharedSecret.Combine(First, Second), SharedSecret.Combine(Second, First),
            SharedSecret.Combine(First + "x", Second), SharedSecret.Combine(First, "x" + Second),
        ];

        Assert.Equal(secrets.Length, secrets.Distinct().Count());
    }

    [Theory]
    [InlineData("too short", Second, "at least 12")]
    [InlineData(First, "too short", "at least 12")]
    [InlineData(First, First, "equal")]
    [InlineData(First, "合言葉は合言葉は合言葉は", "ASCII")]
    [InlineData(First, "tab\tulator tab", "ASCII")]
    public void Parts_that_do_not_do_are_refused(string first, string second, string reason)
    {
        Assert.Contains(reason, SharedSecret.Problem(first, second), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SharedSecret.Combine(first, second));
    }
}
