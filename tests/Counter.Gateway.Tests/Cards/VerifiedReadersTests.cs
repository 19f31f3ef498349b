using Jpki.Counter.Gateway.Cards;

namespace Jpki.Counter.Gateway.Tests.Cards;

[Trait("Rule", "S33")]
public sealed class VerifiedReadersTests
{
    [Theory]
    [InlineData("SCM Microsystems Inc. SCR 3310 [CCID Interface] (21120818205972) 00 00", ReaderVerification.Verified)]
    [InlineData("Sony FeliCa Port/PaSoRi 4.0 0", ReaderVerification.Verified)]
    [InlineData("Unheard-of Reader 00 00", ReaderVerification.NotVerified)]
    [InlineData("Virtual Reader (simulated) 00 00", ReaderVerification.Simulated)]
    public void A_reader_is_judged_by_its_name(string name, ReaderVerification expected) =>
        Assert.Equal(expected, new VerifiedReaders().Judge(name));

    [Fact]
    public void The_operator_adds_models_of_his_own() =>
        Assert.Equal(ReaderVerification.Verified, new VerifiedReaders(["Unheard-of"]).Judge("Unheard-of Reader 00 00"));
}
