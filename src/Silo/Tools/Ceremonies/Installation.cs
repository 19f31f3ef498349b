using Jpki.Pki.Keys;
using Jpki.Silo.Adapters;
using Jpki.Silo.Configuration;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary>What a ceremony knows of the installation it is held for: the same configuration the silo reads.</summary>
internal sealed class Installation(SiloOptions options, bool production)
{
    public string Folder => AuthorityOpening.FolderOf(options);

    public AuthoritySettings Settings => AuthorityOpening.SettingsOf(options);

    /// <summary>The real time; on a development machine the played one, standing still.</summary>
    public TimeProvider Clock { get; } = options.Clock.PlayFrom is { } start && !production ? new Standing(start) : TimeProvider.System;

    public DateTimeOffset Now => Clock.GetUtcNow();

    private sealed class Standing(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at.ToUniversalTime();
    }
}
