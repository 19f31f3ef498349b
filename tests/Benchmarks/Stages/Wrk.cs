using System.Globalization;
using System.Text.RegularExpressions;
using Jpki.Benchmarks.Harness;

namespace Jpki.Benchmarks.Stages;

/// <summary>Load from Debian's <c>wrk</c>, which takes less of the machine than a client of ours would.</summary>
internal static partial class Wrk
{
    private const int Connections = 64;

    /// <returns>Answers a second, whatever their status.</returns>
    public static Task<double> GetAsync(Uri address, TimeSpan length, CancellationToken cancellation) => RunAsync([address.AbsoluteUri], length, cancellation);

    /// <param name="folder">For the script and the body.</param>
    public static async Task<double> PostAsync(
        Uri address, byte[] body, string contentType, string folder, TimeSpan length, CancellationToken cancellation)
    {
        var (script, content) = (Path.Combine(folder, "post.lua"), Path.Combine(folder, "body"));
        await File.WriteAllBytesAsync(content, body, cancellation);
        await File.WriteAllTextAsync(
            script,
            $"""
            wrk.method = "POST"
            wrk.headers["Content-Type"] = "{contentType}"
            wrk.body = io.open("{content}", "rb"):read("*a")
            """,
            cancellation);
        return await RunAsync(["-s", script, address.AbsoluteUri], length, cancellation);
    }

    private static async Task<double> RunAsync(IEnumerable<string> arguments, TimeSpan length, CancellationToken cancellation)
    {
        var output = await Tool.RunAsync(
            "wrk",
            ["-t1", $"-c{Connections}", string.Create(CultureInfo.InvariantCulture, $"-d{Math.Max(1, (int)length.TotalSeconds)}s"), .. arguments],
            cancellation);
        return Rate().Match(output) is { Success: true } found
            ? double.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new NotAvailableException($"wrk said nothing of a rate: {output}");
    }

    [GeneratedRegex(@"Requests/sec:\s*([0-9.]+)")]
    private static partial Regex Rate();
}
