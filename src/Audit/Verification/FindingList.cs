namespace Jpki.Audit.Verification;

/// <summary>Findings as they come, so many and no more: a record damaged all over must not fill the memory.</summary>
internal sealed class FindingList(int most)
{
    private readonly List<Finding> _kept = [];

    public IReadOnlyList<Finding> Kept => _kept;

    public long Omitted { get; private set; }

    public void Add(Finding finding)
    {
        if (_kept.Count < most)
            _kept.Add(finding);
        else
            Omitted++;
    }
}
