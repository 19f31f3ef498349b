using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

public class AnyBytesAtAll
{
    private static readonly string[] Seeds =
    [
        "00A4040C0A" + CardBench.Jpki, "00A4040C0A" + CardBench.CardFace, "00A4040C0A" + CardBench.BasicRegister,
        "00A4040C0A" + CardBench.Common, "00A4020C020001", "00A4020C020002", "00A4020C020006", "00A4020C020008", "00A4020C02000A",
        "00A4020C020011", "00A4020C020016", "00A4020C020017", "00A4020C020018", "00A4020C02001A", "00A4020C02001B", "00A4020C02001C",
        "00B0000000", "00B2010400", "00200080", "002000800431323334", "00200080064142433132333400", "00240180 04 34333231",
        "002C0280 04 31323334",
        "0084000010", "0047009A05AC03800107", "0047009705AC03800107", "00C0000000", "802A00800101" + "00", "802A80800101" + "00",
        "00D6000004 30820001", "00440000020001", "0044000002000A", "00040000020001", "00040000 02 000A",
    ];

    [Fact]
    public void Twenty_thousand_random_commands_are_all_answered_and_never_bring_the_card_down()
    {
        var random = new Random(20260701);
        var bench = new CardBench();
        bench.Issued().WithIssuerRight();
        var statuses = new HashSet<string>();
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 500 == 0)
                bench.WithIssuerRight();
            var answer = bench.Card.Transmit(Mutate(random));
            Assert.InRange(answer.Length, 2, 258);
            statuses.Add(Convert.ToHexString(answer[^2..]));
        }

        // Random bytes that never got past the first check would prove nothing.
        string[] expected = ["9000", "6100", "6700", "6982", "6985", "6986", "6A80", "6A82", "6A86", "6B00", "6D00", "6E00"];
        Assert.Superset(expected.ToHashSet(), statuses);
    }

    private static byte[] Mutate(Random random)
    {
        if (random.Next(10) == 0)
        {
            var noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            return noise;
        }
        var command = CardBench.Bytes(Seeds[random.Next(Seeds.Length)]).ToList();
        for (var changes = random.Next(3); changes > 0; changes--)
            Change(command, random);
        return [.. command];
    }

    private static void Change(List<byte> command, Random random)
    {
        switch (random.Next(4))
        {
            case 0 when command.Count > 0:
                command[random.Next(command.Count)] = (byte)random.Next(256);
                break;
            case 1 when command.Count > 0:
                command.RemoveAt(random.Next(command.Count));
                break;
            case 2:
                command.Insert(random.Next(command.Count + 1), (byte)random.Next(256));
                break;
            default:
                var kept = random.Next(command.Count + 1);
                command.RemoveRange(kept, command.Count - kept);
                break;
        }
    }
}
