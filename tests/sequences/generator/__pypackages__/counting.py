def up_to(count):
    return range(1, count + 1)
