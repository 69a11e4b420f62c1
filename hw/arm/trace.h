#include "trace/trace-hw_arm_exynos5.h"
