using System.Diagnostics;
using System.Globalization;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Outside;

/// <summary><c>openssl s_server</c>. Its page shows the certificate of whom it let in.</summary>
internal sealed class OpenSslServer : LoginServer
{
    private readonly Process _process;
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _log = [];

    private OpenSslServer(LoginRules rules)
    {
        Port = Ports.Take(1);
        string[] policy = rules.Policy is { } oid ? ["-policy", oid, "-explicit_policy"] : [];
        _process = new Process
        {
            StartInfo = OutsideProgram.Describe("openssl",
            [
                "s_server", "-www", "-accept", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"), "-cert", CertificateFile, "-key", KeyFile,
                "-Verify", "1", "-verify_return_error", "-x509_strict", "-purpose", "sslclient", "-CAfile", rules.AuthoritiesFile, .. policy,
                "-attime", rules.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ]),
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public override int Port { get; }

    public override string Objections
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log.Where(line => line.StartsWith("verify error:", StringComparison.Ordinal)));
        }
    }

    public static async Task<OpenSslServer> StartAsync(LoginRules rules)
    {
        var server = new OpenSslServer(rules);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await server._listening.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await base.DisposeAsync();
    }

    private void Keep(string? line)
    {
        lock (_log)
            _log.Add(line ?? "");
        if (line == "ACCEPT")
            _listening.TrySetResult();
    }
}
