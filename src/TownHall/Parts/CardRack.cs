using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.VirtualCard;
using Jpki.VirtualCard.Keys;
using Jpki.VirtualCard.Readers;

namespace Jpki.TownHall.Parts;

/// <summary>カード: blank cards made for residents and put into the readers. Each keeps its memory in a file, so that it can come back tomorrow.</summary>
internal sealed class CardRack(string folder, Terminal terminal, IReadOnlyList<int> ports) : IAsyncDisposable
{
    private readonly RsaKeyPool _keys = new();
    private readonly Dictionary<int, VpcdConnection> _inserted = [];

    /// <summary>A blank card for a resident, from the factory, with the face data of its order.</summary>
    public SoftCard Manufacture(CardSerial serial, MunicipalityCode municipality, DateOnly expiresOn, FourAttributes face)
    {
        Directory.CreateDirectory(folder);
        var order = new CardOrder(
            serial.Value, municipality.Value, expiresOn, terminal.AuthorityPublicKey,
            new FaceAttributes(face.Name, face.Address, face.BirthDate, (char)('0' + (int)face.Sex)));
        return SoftCard.Manufacture(order, Path.Combine(folder, $"{serial}.card.json"), _keys);
    }

    /// <param name="reader">0 for the first reader.</param>
    public async Task InsertAsync(int reader, SoftCard card, CancellationToken cancellationToken) =>
        _inserted[reader] = await VpcdConnection.InsertAsync(
            card, new VpcdOptions { Port = ports[reader], ReinsertOnReconnect = true }, cancellationToken);

    public async Task RemoveAsync(int reader)
    {
        if (_inserted.Remove(reader, out var connection))
            await connection.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _inserted.Keys.ToArray())
            await RemoveAsync(reader);
        await _keys.DisposeAsync();
    }
}
