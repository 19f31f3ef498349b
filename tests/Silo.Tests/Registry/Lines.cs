using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Jpki.Silo.Tests.Registry;

/// <summary>Lines as a registry would write them, about invented people.</summary>
internal static class Lines
{
    public const string Name = "昭島 くじら子";
    public const string Address = "東京都昭島市田中町1-17-1";

    public static string Resident(int resident) => string.Create(CultureInfo.InvariantCulture, $"13207-{resident:D8}");

    public static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"13207-2026-{number:D6}");

    public static string Registered(int number, int resident) => Line(number, resident, "registered");

    public static string Changed(int number, int resident) => Line(number, resident, "changed");

    public static string Line(int number, int resident, string kind) =>
        $$"""{"changeNumber":"{{Number(number)}}","resident":"{{Resident(resident)}}","kind":"{{kind}}","occurredOn":"2026-05-30","attributes":{{Attributes}}}""";

    /// <param name="members">Besides those that every line has.</param>
    public static string Removed(int number, int resident, string members) =>
        $$"""{"changeNumber":"{{Number(number)}}","resident":"{{Resident(resident)}}","kind":"removed","occurredOn":"2026-05-30",{{members}}}""";

    /// <param name="members">Besides those that every line has; none has a day.</param>
    public static string Of(int number, int resident, string kind, string members = "") =>
        $$"""{"changeNumber":"{{Number(number)}}","resident":"{{Resident(resident)}}","kind":"{{kind}}"{{members}}}""";

    public static string Attributes => $$"""{"name":"{{Name}}","address":"{{Address}}","birthDate":"1990-09-23","sex":"female"}""";

    public static byte[] Octets(params IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n")));

    public static PipeReader Pipe(params IEnumerable<string> lines) => Pipe(Octets(lines));

    public static PipeReader Pipe(byte[] octets) => PipeReader.Create(new MemoryStream(octets));
}
