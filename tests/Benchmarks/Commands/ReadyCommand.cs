using System.Globalization;
using System.Text;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;

namespace Jpki.Benchmarks.Commands;

/// <summary>A command's request as octets, but for whom it is about and its id, both of fixed length.</summary>
internal sealed class ReadyCommand
{
    /// <summary>Octets that any request fits in.</summary>
    public const int Longest = 4096;

    private static readonly ResidentId Nobody = ResidentId.Parse("00000-00000000");
    private static readonly CommandId NoCommand = CommandId.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff");

    private readonly byte[] _request;
    private readonly int _residentAt;
    private readonly int _idAt;

    public ReadyCommand(ResidentCommand command, Uri address, string token)
    {
        var body = JsonSerializer.Serialize(new CommandEnvelope(NoCommand, command), Contract.Options);
        _request = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /residents/{Nobody}/commands HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
        _residentAt = _request.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Nobody.Value));
        _idAt = _request.AsSpan().IndexOf(Encoding.UTF8.GetBytes(NoCommand.ToString()));
    }

    /// <returns>The part of the buffer that is the request.</returns>
    public ReadOnlyMemory<byte> For(ResidentId resident, Guid id, byte[] buffer)
    {
        _request.CopyTo(buffer, 0);
        Encoding.UTF8.GetBytes(resident.Value, buffer.AsSpan(_residentAt));
        id.TryFormat(buffer.AsSpan(_idAt), out _);
        return buffer.AsMemory(0, _request.Length);
    }
}
