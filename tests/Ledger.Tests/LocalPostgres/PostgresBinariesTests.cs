using Jpki.Ledger.LocalPostgres;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests.LocalPostgres;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly TemporaryFolder _machine = new();

    private string DebianRoot => Path.Combine(_machine.Root, "postgresql");

    [Fact]
    public void The_newest_complete_version_is_taken_by_number_and_not_by_letter()
    {
        Install("9");
        Install("15");
        Install("17", without: "initdb");

        Assert.Equal(Path.Combine(DebianRoot, "15", "bin"), PostgresBinaries.Find(null, DebianRoot, path: null).Folder);
    }

    [Fact]
    public void Existing_data_get_the_version_that_wrote_them()
    {
        Install("15");
        Install("16");

        Assert.Equal(Path.Combine(DebianRoot, "15", "bin"), PostgresBinaries.Find("15", DebianRoot, path: null).Folder);
    }

    [Fact]
    public void Without_Debians_folders_the_path_is_searched()
    {
        var elsewhere = Install("custom");

        Assert.Equal(elsewhere, PostgresBinaries.Find(null, Path.Combine(_machine.Root, "none"), $"/nowhere:{elsewhere}").Folder);
    }

    [Fact]
    public void A_machine_without_PostgreSQL_is_told_which_package_to_install()
    {
        var missing = Assert.Throws<LocalPostgresException>(() => PostgresBinaries.Find(null, DebianRoot, path: null));

        Assert.Contains("'postgresql'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_a_version_that_is_gone_name_its_package()
    {
        Install("15");

        var missing = Assert.Throws<LocalPostgresException>(() => PostgresBinaries.Find("13", DebianRoot, path: null));

        Assert.Contains("'postgresql-13'", missing.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _machine.Dispose();

    private string Install(string version, string? without = null)
    {
        var bin = Directory.CreateDirectory(Path.Combine(DebianRoot, version, "bin")).FullName;
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" }.Where(program => program != without))
            File.WriteAllText(Path.Combine(bin, program), "");
        return bin;
    }
}
