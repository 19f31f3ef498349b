using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Jpki.VirtualCard.Readers;

/// <summary>One run of the daemon, as the child of a small shell that ends it when this process goes away.</summary>
internal sealed class PcscdProcess : IDisposable
{
    private const int Backlog = 64;

    // The daemon takes a listening socket as descriptor 3 from whom it believes to be systemd: LISTEN_PID must be its own
    // number, hence the inner shell that becomes it. `cat` ends when our end of the pipe closes, however we end. Whichever
    // of the two ends first, the other goes too. It is bash because dash knows no descriptors above 9 and no `wait -n`.
    private const string Script = """
        exec 3<&"$1" 4<&0 2>>"$4"
        eval "exec $1<&-"
        bash -c 'export LISTEN_PID=$$ LISTEN_FDS=1; exec "$0" --foreground --config "$1" >>"$2" 2>&1' "$2" "$3" "$4" </dev/null 4<&- &
        exec 3<&- ; daemon=$!
        echo $daemon
        cat <&4 >/dev/null &
        wait -n
        kill $daemon $! 2>/dev/null
        wait
        """;

    private readonly Process _shell;
    private readonly int _daemon;

    private PcscdProcess(Process shell, int daemon) => (_shell, _daemon) = (shell, daemon);

    public bool HasExited => _shell.HasExited;

    public static async Task<PcscdProcess> StartAsync(PcscdFolder folder, CancellationToken cancellationToken)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(folder.Socket + ".new"));
        listener.Listen(Backlog);
        // Disposing a socket deletes the name it was bound to: the name that clients use has to be another one.
        File.Move(folder.Socket + ".new", folder.Socket, overwrite: true);

        var shell = Launch(folder, (int)listener.Handle);
        try
        {
            var line = await shell.StandardOutput.ReadLineAsync(cancellationToken);
            return int.TryParse(line, CultureInfo.InvariantCulture, out var daemon)
                ? new PcscdProcess(shell, daemon)
                : throw new PcscdUnavailableException($"pcscd could not be started: {folder.LastWords()}");
        }
        catch
        {
            shell.StandardInput.Close();
            shell.Dispose();
            throw;
        }
    }

    /// <summary>Sends the signal and waits until the daemon is gone.</summary>
    public async Task EndAsync(int signal, CancellationToken cancellationToken)
    {
        if (_shell.HasExited)
            return;
        _ = Libc.Kill(_daemon, signal);
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync(cancellationToken);
    }

    public void Dispose() => _shell.Dispose();

    private static Process Launch(PcscdFolder folder, int descriptor)
    {
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments =
            ["-c", Script, "bash", descriptor.ToString(CultureInfo.InvariantCulture), folder.Daemon, folder.Configuration, folder.Log];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Inheritable for as short as can be: a program started meanwhile elsewhere in this process would keep the socket open.
        Libc.SetInheritable(descriptor, true);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new PcscdUnavailableException($"pcscd could not be started: {e.Message}");
        }
        finally
        {
            Libc.SetInheritable(descriptor, false);
        }
    }
}
