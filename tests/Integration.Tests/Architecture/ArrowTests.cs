using System.Reflection;
using System.Xml.Linq;

namespace Jpki.Integration.Tests.Architecture;

/// <summary>
/// The arrows of the house, read from the project files and from what the compiled programs really refer to: who knows whom, and which
/// package is named where.
/// </summary>
public sealed class ArrowTests
{
    private static readonly string _source = Path.Combine(Root(), "src");

    [Theory]
    [InlineData("Domain")]
    [InlineData("Audit", "Domain")]
    [InlineData("Audit.Tool", "Audit", "Domain", "Pki")]
    [InlineData("Pki", "Audit", "Domain")]
    [InlineData("Ledger", "Audit", "Domain")]
    [InlineData("Grains", "Domain")]
    [InlineData("City", "Domain")]
    [InlineData("Silo", "Audit", "Domain", "Grains", "Ledger", "Pki")]
    [InlineData("Counter.Gateway", "Domain")]
    [InlineData("VirtualCard")]
    public void A_project_refers_to_these_and_no_others(string project, params string[] others)
    {
        Assert.Equal(others, References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Order());

        var known = Load(project).GetReferencedAssemblies().Select(each => each.Name!).Where(name => name.StartsWith("Jpki.", StringComparison.Ordinal));
        Assert.Empty(known.Except(others.Select(other => $"Jpki.{other}")));
    }

    [Theory]
    [InlineData("Marten", "Ledger")]
    [InlineData("BouncyCastle", "Pki")]
    [InlineData("Pkcs11Interop", "Pki")]
    [InlineData("Orleans", "Grains", "Silo")]
    [InlineData("FluentValidation", "Silo")]
    [InlineData("System.CommandLine", "Audit.Tool", "Counter.Gateway", "Silo", "TownHall")]
    [InlineData("Spectre.Console", "Audit.Tool")]
    public void A_package_is_named_where_it_belongs_and_nowhere_else(string package, params string[] projects)
    {
        var code = Directory.EnumerateFiles(_source, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file) && File.ReadLines(file).Any(line => Uses(line, package)))
            .Select(ProjectOf);
        var named = Directory.EnumerateFiles(_source, "*.csproj", SearchOption.AllDirectories)
            .Where(file => References(Path.GetFileNameWithoutExtension(file), "PackageReference").Any(each => each.Split('.').Contains(package)
                || each.StartsWith(package, StringComparison.Ordinal)))
            .Select(ProjectOf);

        Assert.Empty(code.Concat(named).Except(projects));
        Assert.NotEmpty(named);
    }

    [Fact]
    public void The_ledgers_and_the_authoritys_packages_are_kept_from_those_who_refer_to_them()
    {
        foreach (var project in new[] { "Ledger", "Pki" })
        {
            Assert.All(
                Read(project).Descendants("PackageReference"),
                reference => Assert.Equal("compile", reference.Attribute("PrivateAssets")?.Value));
        }
    }

    [Fact]
    public void The_domain_stands_alone()
    {
        Assert.Empty(References("Domain", "PackageReference"));
        Assert.Empty(References("Domain", "FrameworkReference"));
        Assert.All(
            Load("Domain").GetReferencedAssemblies().Select(each => each.Name!),
            name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_domain_waits_for_nothing_and_asks_neither_clock_nor_chance()
    {
        var methods = Load("Domain").GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));
        Assert.DoesNotContain(methods, method => typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType == typeof(ValueTask));

        string[] forbidden = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "TimeProvider", "Random", "Guid.NewGuid", "Guid.CreateVersion7"];
        var named = from file in Directory.EnumerateFiles(Path.Combine(_source, "Domain"), "*.cs", SearchOption.AllDirectories)
                    where !IsBuilt(file)
                    from line in File.ReadLines(file)
                    where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    from word in forbidden
                    where line.Contains(word, StringComparison.Ordinal)
                    select $"{Path.GetFileName(file)}: {word}";
        Assert.Empty(named);
    }

    [Fact]
    public void Nothing_in_the_domain_carries_an_attribute_of_a_framework()
    {
        var foreign = Load("Domain").GetTypes()
            .SelectMany(type => type.GetCustomAttributesData().Concat(type.GetMembers().SelectMany(member => member.GetCustomAttributesData())))
            .Select(attribute => attribute.AttributeType.Namespace ?? "")
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("Jpki.Domain", StringComparison.Ordinal)
                && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

        Assert.Empty(foreign.Distinct());
    }

    private static bool Uses(string line, string package) =>
        line.StartsWith($"using {package}", StringComparison.Ordinal) || line.StartsWith($"using Microsoft.{package}", StringComparison.Ordinal)
        || line.StartsWith($"using Org.{package}", StringComparison.Ordinal) || line.StartsWith($"using Net.{package}", StringComparison.Ordinal);

    private static IEnumerable<string> References(string project, string kind) =>
        Read(project).Descendants(kind).Select(each => each.Attribute("Include")!.Value);

    private static XElement Read(string project) => XElement.Load(Path.Combine(_source, project, $"{project}.csproj"));

    // The auditor's tool is called by its own name.
    private static Assembly Load(string project) =>
        Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, project == "Audit.Tool" ? "jpki.dll" : $"Jpki.{project}.dll"));

    private static string ProjectOf(string file) => Path.GetRelativePath(_source, file).Split(Path.DirectorySeparatorChar)[0];

    private static bool IsBuilt(string file) => Path.GetRelativePath(_source, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Jpki.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run inside their repository.");
    }
}
