using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Jpki.Silo.Registry;

/// <summary>Where reports wait for their reader; there has to be room.</summary>
public sealed record SpoolFolder(string Path);

/// <summary>
/// Reports on their way to a sender who may not be reading yet: many HTTP clients send their whole request before they look at the answer.
/// Were the answer allowed to hold up the request, both would wait for each other for ever; so it waits in a file that has no name any more.
/// </summary>
public sealed class ReportSpool : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly Channel<bool> _more = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _written;

    private ReportSpool(SafeFileHandle file) => _file = file;

    public static ReportSpool Open(SpoolFolder folder)
    {
        Directory.CreateDirectory(folder.Path);
        var name = Path.Combine(folder.Path, Guid.NewGuid().ToString("N"));
        var file = File.OpenHandle(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.Asynchronous);
        File.Delete(name);
        return new(file);
    }

    /// <summary>Adds octets; not for concurrent use.</summary>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> octets)
    {
        await RandomAccess.WriteAsync(_file, octets, _written);
        Volatile.Write(ref _written, _written + octets.Length);
        _more.Writer.TryWrite(true);
    }

    /// <summary>Nothing will be added any more.</summary>
    /// <param name="failure">What <see cref="CopyToAsync"/> throws after what was added; none when it is whole.</param>
    public void Complete(Exception? failure = null) => _more.Writer.Complete(failure);

    /// <summary>Copies everything as it is added, flushing whenever there is nothing left to copy, until it is complete.</summary>
    public async Task CopyToAsync(Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        for (var position = 0L; await _more.Reader.WaitToReadAsync(cancellationToken);)
        {
            _more.Reader.TryRead(out _);
            while (position < Volatile.Read(ref _written))
            {
                var count = await RandomAccess.ReadAsync(_file, buffer, position, cancellationToken);
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                position += count;
            }

            await to.FlushAsync(cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();
}
