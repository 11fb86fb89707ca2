using Headgate.Desk.Tests.Support;

namespace Headgate.Desk.Tests.Fleet;

public sealed class FleetDefectTableTests
{
    [Fact]
    public void Every_defect_of_the_replaced_fleet_has_tests_that_exist() => DefectTable.Check("fleet.md", "## The replaced fleet's defects", 17);
}
