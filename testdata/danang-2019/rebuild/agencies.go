package main

import "github.com/opendti/dti/criteria"

// An agency is one row of the ranking that is rebuilt. Agencies stand in the rank order of 2019.
type agency struct {
	code, vi, en string
	parent       string // code of the district of a ward
	aliases      string
	total        string // total of 2019: published where published.csv names it, else constructed
	rank2018     int    // published where published.csv names it, else constructed
	noProcedures bool
}

// rebased says that some indicators do not concern the agency, so that its total is re-based and may be a hundredth
// off the one wanted.
func (a agency) rebased() bool { return a.noProcedures || a.code == noFees }

// concernedBy says whether an indicator of the agency's group, known by its id of 2019, concerns the agency.
func (a agency) concernedBy(id string, ind *criteria.Indicator) bool {
	return !(ind.When != "" && a.noProcedures) && !(id == payment && a.code == noFees)
}

// noFees is the agency that collects no fees, so that online payment does not concern it.
const (
	noFees  = "cuc-thong-ke"
	payment = "UD-11"
)

// tags are the agency's tags in agencies.csv.
func (a agency) tags() string {
	if a.noProcedures {
		return ""
	}
	return tagProcedures
}

const tagProcedures = "has_procedures"

// A group is an agency group with its totals of 2018 in rank order, all of them constructed.
type group struct {
	id         string
	agencies   []agency
	totals2018 []string
}

var groups = []group{
	{id: "department", agencies: departments, totals2018: []string{
		"96.15", "92.48", "91.37", "88.90", "84.26", "82.71", "80.44", "78.93", "76.58", "75.62", "74.35", "72.19",
		"70.84", "68.47", "66.92", "65.38", "62.75", "60.41", "58.36", "55.87", "52.64", "48.72", "45.93", "42.18",
	}},
	{id: "central", agencies: centrals, totals2018: []string{"92.36", "88.75", "80.62", "71.48", "58.93", "46.27"}},
	{id: "district", agencies: districts, totals2018: []string{
		"86.94", "84.27", "81.53", "77.86", "74.15", "69.38", "61.72",
	}},
	{id: "ward", agencies: wards, totals2018: []string{
		"92.46", "91.08", "90.15", "89.37", "88.92", "88.14", "87.60", "86.95", "86.33", "85.78", "85.24", "84.69",
		"84.17", "83.72", "83.05", "82.58", "82.16", "81.63", "81.27", "80.84", "80.31", "79.76", "79.28", "78.85",
		"78.32", "77.94", "77.41", "76.98", "76.35", "75.87", "75.42", "74.96", "74.38", "73.91", "73.45", "72.87",
		"72.36", "71.84", "71.29", "70.73", "70.18", "69.55", "68.94", "68.31", "67.62", "66.98", "66.24", "65.47",
		"64.61", "63.78", "62.85", "61.73", "60.49", "58.92", "56.87", "53.64",
	}},
}

// The 24 departments. The sum is published; which bodies they were is not: those that published.csv does not name are
// bodies that the city had, with constructed totals.
var departments = []agency{
	{code: "so-tttt", vi: "Sở Thông tin và Truyền thông", en: "Department of Information and Communications", aliases: "Sở TT&TT;stttt", total: "97.20", rank2018: 1},
	{code: "so-gtvt", vi: "Sở Giao thông vận tải", en: "Department of Transport", aliases: "Sở GTVT;sgtvt", total: "93.84", rank2018: 2},
	{code: "so-noi-vu", vi: "Sở Nội vụ", en: "Department of Home Affairs", aliases: "SNV", total: "93.06", rank2018: 3},
	{code: "so-khcn", vi: "Sở Khoa học và Công nghệ", en: "Department of Science and Technology", aliases: "Sở KH&CN;skhcn", total: "90.93", rank2018: 4},
	{code: "so-du-lich", vi: "Sở Du lịch", en: "Department of Tourism", aliases: "SDL", total: "87.46", rank2018: 9},
	{code: "so-xay-dung", vi: "Sở Xây dựng", en: "Department of Construction", aliases: "SXD", total: "84.73", rank2018: 5},
	{code: "so-tu-phap", vi: "Sở Tư pháp", en: "Department of Justice", aliases: "STP", total: "82.15", rank2018: 6},
	{code: "so-khdt", vi: "Sở Kế hoạch và Đầu tư", en: "Department of Planning and Investment", aliases: "Sở KH&ĐT;khdt", total: "79.58", rank2018: 11},
	{code: "so-tai-chinh", vi: "Sở Tài chính", en: "Department of Finance", aliases: "STC", total: "78.34", rank2018: 7},
	{code: "so-tnmt", vi: "Sở Tài nguyên và Môi trường", en: "Department of Natural Resources and Environment", aliases: "Sở TN&MT;stnmt", total: "77.62", rank2018: 20},
	{code: "vp-ubnd", vi: "Văn phòng Ủy ban nhân dân thành phố", en: "Office of the People's Committee", aliases: "Văn phòng UBND", total: "76.81", rank2018: 8},
	{code: "so-cong-thuong", vi: "Sở Công Thương", en: "Department of Industry and Trade", aliases: "SCT", total: "75.27", rank2018: 12},
	{code: "so-y-te", vi: "Sở Y tế", en: "Department of Health", aliases: "SYT", total: "73.94", rank2018: 10},
	{code: "so-gddt", vi: "Sở Giáo dục và Đào tạo", en: "Department of Education and Training", aliases: "Sở GD&ĐT;sgddt", total: "72.18", rank2018: 13},
	{code: "so-ldtbxh", vi: "Sở Lao động - Thương binh và Xã hội", en: "Department of Labour, Invalids and Social Affairs", aliases: "Sở LĐ-TB&XH;sldtbxh", total: "70.46", rank2018: 15},
	{code: "so-ngoai-vu", vi: "Sở Ngoại vụ", en: "Department of Foreign Affairs", aliases: "SNgV", total: "68.72", rank2018: 14},
	{code: "so-nnptnt", vi: "Sở Nông nghiệp và Phát triển nông thôn", en: "Department of Agriculture and Rural Development", aliases: "Sở NN&PTNT;snnptnt", total: "66.35", rank2018: 18},
	{code: "so-vhtt", vi: "Sở Văn hóa và Thể thao", en: "Department of Culture and Sports", aliases: "Sở VH&TT;svhtt", total: "63.87", rank2018: 16},
	{code: "bql-cnc-kcn", vi: "Ban Quản lý Khu công nghệ cao và các khu công nghiệp", en: "Management Board of the High-Tech Park and Industrial Zones", aliases: "BQL KCNC và KCN", total: "62.49", rank2018: 19},
	{code: "ban-xtdt", vi: "Ban Xúc tiến và Hỗ trợ đầu tư", en: "Investment Promotion and Support Board", aliases: "Ban XTĐT", total: "60.93", rank2018: 17},
	{code: "bql-attp", vi: "Ban Quản lý An toàn thực phẩm", en: "Food Safety Management Board", aliases: "BQL ATTP", total: "59.26", rank2018: 22},
	{code: "thanh-tra", vi: "Thanh tra thành phố", en: "City Inspectorate", aliases: "Thanh tra TP", total: "57.64", rank2018: 21},
	{code: "vien-ncpt", vi: "Viện Nghiên cứu phát triển kinh tế - xã hội", en: "Institute for Socio-Economic Development", aliases: "Viện NCPT KT-XH", total: "55.38", rank2018: 23, noProcedures: true},
	{code: "vp-hdnd", vi: "Văn phòng Hội đồng nhân dân thành phố", en: "Office of the People's Council", aliases: "Văn phòng HĐND", total: "53.71", rank2018: 24, noProcedures: true},
}

// The six central agencies: the two leaders are published, the others are bodies that the city had.
var centrals = []agency{
	{code: "bhxh", vi: "Bảo hiểm xã hội thành phố", en: "City Social Insurance", aliases: "BHXH", total: "93.97", rank2018: 2},
	{code: "cuc-thue", vi: "Cục Thuế thành phố", en: "City Tax Department", aliases: "Cục Thuế", total: "91.18", rank2018: 1},
	{code: "cuc-hai-quan", vi: "Cục Hải quan thành phố", en: "City Customs Department", aliases: "Cục Hải quan", total: "86.52", rank2018: 3},
	{code: "kho-bac", vi: "Kho bạc Nhà nước Đà Nẵng", en: "State Treasury of Da Nang", aliases: "Kho bạc", total: "79.36", rank2018: 4},
	{code: "nhnn", vi: "Ngân hàng Nhà nước chi nhánh Đà Nẵng", en: "State Bank, Da Nang branch", aliases: "NHNN Đà Nẵng", total: "73.85", rank2018: 5},
	{code: "cuc-thong-ke", vi: "Cục Thống kê thành phố", en: "City Statistics Office", aliases: "Cục Thống kê", total: "68.14", rank2018: 6},
}

// The seven districts; three totals are published.
var districts = []agency{
	{code: "quan-thanh-khe", vi: "Quận Thanh Khê", en: "Thanh Khe district", aliases: "Thanh Khê;UBND quận Thanh Khê", total: "91.44", rank2018: 2},
	{code: "huyen-hoa-vang", vi: "Huyện Hòa Vang", en: "Hoa Vang district", aliases: "Hòa Vang;Hoà Vang;UBND huyện Hòa Vang", total: "90.41", rank2018: 1},
	{code: "quan-lien-chieu", vi: "Quận Liên Chiểu", en: "Lien Chieu district", aliases: "Liên Chiểu;UBND quận Liên Chiểu", total: "86.38", rank2018: 5},
	{code: "quan-cam-le", vi: "Quận Cẩm Lệ", en: "Cam Le district", aliases: "Cẩm Lệ;UBND quận Cẩm Lệ", total: "84.17", rank2018: 3},
	{code: "quan-hai-chau", vi: "Quận Hải Châu", en: "Hai Chau district", aliases: "Hải Châu;UBND quận Hải Châu", total: "81.69", rank2018: 4},
	{code: "quan-son-tra", vi: "Quận Sơn Trà", en: "Son Tra district", aliases: "Sơn Trà;UBND quận Sơn Trà", total: "77.93", rank2018: 6},
	{code: "quan-ngu-hanh-son", vi: "Quận Ngũ Hành Sơn", en: "Ngu Hanh Son district", aliases: "Ngũ Hành Sơn;UBND quận Ngũ Hành Sơn", total: "72.58", rank2018: 7},
}

// The 56 wards and communes that the city had in 2020, with their districts. Three totals, the named rank moves and the
// three weak wards are published; one tie (rank 30) is constructed.
var wards = []agency{
	{code: "p-hoa-hiep-bac", vi: "Phường Hòa Hiệp Bắc", en: "Hoa Hiep Bac ward", parent: "quan-lien-chieu", aliases: "Hòa Hiệp Bắc;Hoà Hiệp Bắc", total: "88.12", rank2018: 2},
	{code: "p-hoa-an", vi: "Phường Hòa An", en: "Hoa An ward", parent: "quan-cam-le", aliases: "Hòa An;Hoà An", total: "86.62", rank2018: 1},
	{code: "p-thac-gian", vi: "Phường Thạc Gián", en: "Thac Gian ward", parent: "quan-thanh-khe", aliases: "Thạc Gián", total: "85.26", rank2018: 5},
	{code: "p-an-khe", vi: "Phường An Khê", en: "An Khe ward", parent: "quan-thanh-khe", aliases: "An Khê", total: "84.51", rank2018: 8},
	{code: "x-hoa-bac", vi: "Xã Hòa Bắc", en: "Hoa Bac commune", parent: "huyen-hoa-vang", aliases: "Hòa Bắc;Hoà Bắc", total: "83.56", rank2018: 25},
	{code: "x-hoa-phuoc", vi: "Xã Hòa Phước", en: "Hoa Phuoc commune", parent: "huyen-hoa-vang", aliases: "Hòa Phước;Hoà Phước", total: "83.01", rank2018: 14},
	{code: "p-tan-chinh", vi: "Phường Tân Chính", en: "Tan Chinh ward", parent: "quan-thanh-khe", aliases: "Tân Chính", total: "82.27", rank2018: 17},
	{code: "p-khue-trung", vi: "Phường Khuê Trung", en: "Khue Trung ward", parent: "quan-cam-le", aliases: "Khuê Trung", total: "81.66", rank2018: 28},
	{code: "x-hoa-tien", vi: "Xã Hòa Tiến", en: "Hoa Tien commune", parent: "huyen-hoa-vang", aliases: "Hòa Tiến;Hoà Tiến", total: "80.94", rank2018: 9},
	{code: "p-hoa-khe", vi: "Phường Hòa Khê", en: "Hoa Khe ward", parent: "quan-thanh-khe", aliases: "Hòa Khê;Hoà Khê", total: "80.28", rank2018: 18},
	{code: "p-xuan-ha", vi: "Phường Xuân Hà", en: "Xuan Ha ward", parent: "quan-thanh-khe", aliases: "Xuân Hà", total: "79.96", rank2018: 12},
	{code: "x-hoa-son", vi: "Xã Hòa Sơn", en: "Hoa Son commune", parent: "huyen-hoa-vang", aliases: "Hòa Sơn;Hoà Sơn", total: "79.17", rank2018: 43},
	{code: "p-tho-quang", vi: "Phường Thọ Quang", en: "Tho Quang ward", parent: "quan-son-tra", aliases: "Thọ Quang", total: "78.60", rank2018: 31},
	{code: "p-an-hai-tay", vi: "Phường An Hải Tây", en: "An Hai Tay ward", parent: "quan-son-tra", aliases: "An Hải Tây", total: "77.89", rank2018: 24},
	{code: "p-thanh-khe-dong", vi: "Phường Thanh Khê Đông", en: "Thanh Khe Dong ward", parent: "quan-thanh-khe", aliases: "Thanh Khê Đông", total: "77.11", rank2018: 3},
	{code: "p-chinh-gian", vi: "Phường Chính Gián", en: "Chinh Gian ward", parent: "quan-thanh-khe", aliases: "Chính Gián", total: "76.50", rank2018: 4},
	{code: "p-hoa-khanh-bac", vi: "Phường Hòa Khánh Bắc", en: "Hoa Khanh Bac ward", parent: "quan-lien-chieu", aliases: "Hòa Khánh Bắc;Hoà Khánh Bắc", total: "75.81", rank2018: 13},
	{code: "p-hai-chau-2", vi: "Phường Hải Châu 2", en: "Hai Chau 2 ward", parent: "quan-hai-chau", aliases: "Hải Châu 2", total: "75.05", rank2018: 46},
	{code: "p-man-thai", vi: "Phường Mân Thái", en: "Man Thai ward", parent: "quan-son-tra", aliases: "Mân Thái", total: "74.74", rank2018: 10},
	{code: "p-phuoc-my", vi: "Phường Phước Mỹ", en: "Phuoc My ward", parent: "quan-son-tra", aliases: "Phước Mỹ", total: "73.74", rank2018: 6},
	{code: "p-hoa-minh", vi: "Phường Hòa Minh", en: "Hoa Minh ward", parent: "quan-lien-chieu", aliases: "Hòa Minh;Hoà Minh", total: "73.18", rank2018: 26},
	{code: "p-binh-hien", vi: "Phường Bình Hiên", en: "Binh Hien ward", parent: "quan-hai-chau", aliases: "Bình Hiên", total: "72.49", rank2018: 7},
	{code: "p-hoa-tho-dong", vi: "Phường Hòa Thọ Đông", en: "Hoa Tho Dong ward", parent: "quan-cam-le", aliases: "Hòa Thọ Đông;Hoà Thọ Đông", total: "71.88", rank2018: 33},
	{code: "p-nam-duong", vi: "Phường Nam Dương", en: "Nam Duong ward", parent: "quan-hai-chau", aliases: "Nam Dương", total: "71.38", rank2018: 30},
	{code: "p-hoa-cuong-nam", vi: "Phường Hòa Cường Nam", en: "Hoa Cuong Nam ward", parent: "quan-hai-chau", aliases: "Hòa Cường Nam;Hoà Cường Nam", total: "70.48", rank2018: 20},
	{code: "p-hoa-thuan-dong", vi: "Phường Hòa Thuận Đông", en: "Hoa Thuan Dong ward", parent: "quan-hai-chau", aliases: "Hòa Thuận Đông;Hoà Thuận Đông", total: "69.88", rank2018: 29},
	{code: "p-thanh-khe-tay", vi: "Phường Thanh Khê Tây", en: "Thanh Khe Tay ward", parent: "quan-thanh-khe", aliases: "Thanh Khê Tây", total: "69.41", rank2018: 16},
	{code: "p-hoa-cuong-bac", vi: "Phường Hòa Cường Bắc", en: "Hoa Cuong Bac ward", parent: "quan-hai-chau", aliases: "Hòa Cường Bắc;Hoà Cường Bắc", total: "68.63", rank2018: 23},
	{code: "x-hoa-chau", vi: "Xã Hòa Châu", en: "Hoa Chau commune", parent: "huyen-hoa-vang", aliases: "Hòa Châu;Hoà Châu", total: "67.99", rank2018: 36},
	{code: "p-hoa-tho-tay", vi: "Phường Hòa Thọ Tây", en: "Hoa Tho Tay ward", parent: "quan-cam-le", aliases: "Hòa Thọ Tây;Hoà Thọ Tây", total: "67.37", rank2018: 11},
	{code: "p-hoa-thuan-tay", vi: "Phường Hòa Thuận Tây", en: "Hoa Thuan Tay ward", parent: "quan-hai-chau", aliases: "Hòa Thuận Tây;Hoà Thuận Tây", total: "67.37", rank2018: 19},
	{code: "p-phuoc-ninh", vi: "Phường Phước Ninh", en: "Phuoc Ninh ward", parent: "quan-hai-chau", aliases: "Phước Ninh", total: "66.18", rank2018: 21},
	{code: "x-hoa-phong", vi: "Xã Hòa Phong", en: "Hoa Phong commune", parent: "huyen-hoa-vang", aliases: "Hòa Phong;Hoà Phong", total: "65.50", rank2018: 15},
	{code: "p-nai-hien-dong", vi: "Phường Nại Hiên Đông", en: "Nai Hien Dong ward", parent: "quan-son-tra", aliases: "Nại Hiên Đông", total: "64.65", rank2018: 40},
	{code: "p-thuan-phuoc", vi: "Phường Thuận Phước", en: "Thuan Phuoc ward", parent: "quan-hai-chau", aliases: "Thuận Phước", total: "64.10", rank2018: 38},
	{code: "p-binh-thuan", vi: "Phường Bình Thuận", en: "Binh Thuan ward", parent: "quan-hai-chau", aliases: "Bình Thuận", total: "63.46", rank2018: 47},
	{code: "x-hoa-khuong", vi: "Xã Hòa Khương", en: "Hoa Khuong commune", parent: "huyen-hoa-vang", aliases: "Hòa Khương;Hoà Khương", total: "62.81", rank2018: 32},
	{code: "x-hoa-ninh", vi: "Xã Hòa Ninh", en: "Hoa Ninh commune", parent: "huyen-hoa-vang", aliases: "Hòa Ninh;Hoà Ninh", total: "62.09", rank2018: 22},
	{code: "p-an-hai-dong", vi: "Phường An Hải Đông", en: "An Hai Dong ward", parent: "quan-son-tra", aliases: "An Hải Đông", total: "61.47", rank2018: 45},
	{code: "p-hoa-hiep-nam", vi: "Phường Hòa Hiệp Nam", en: "Hoa Hiep Nam ward", parent: "quan-lien-chieu", aliases: "Hòa Hiệp Nam;Hoà Hiệp Nam", total: "60.74", rank2018: 44},
	{code: "p-hai-chau-1", vi: "Phường Hải Châu 1", en: "Hai Chau 1 ward", parent: "quan-hai-chau", aliases: "Hải Châu 1", total: "60.10", rank2018: 51},
	{code: "p-hoa-khanh-nam", vi: "Phường Hòa Khánh Nam", en: "Hoa Khanh Nam ward", parent: "quan-lien-chieu", aliases: "Hòa Khánh Nam;Hoà Khánh Nam", total: "59.46", rank2018: 27},
	{code: "p-hoa-xuan", vi: "Phường Hòa Xuân", en: "Hoa Xuan ward", parent: "quan-cam-le", aliases: "Hòa Xuân;Hoà Xuân", total: "58.96", rank2018: 50},
	{code: "x-hoa-lien", vi: "Xã Hòa Liên", en: "Hoa Lien commune", parent: "huyen-hoa-vang", aliases: "Hòa Liên;Hoà Liên", total: "58.07", rank2018: 39},
	{code: "p-hoa-hai", vi: "Phường Hòa Hải", en: "Hoa Hai ward", parent: "quan-ngu-hanh-son", aliases: "Hòa Hải;Hoà Hải", total: "57.68", rank2018: 48},
	{code: "p-vinh-trung", vi: "Phường Vĩnh Trung", en: "Vinh Trung ward", parent: "quan-thanh-khe", aliases: "Vĩnh Trung", total: "56.72", rank2018: 34},
	{code: "p-an-hai-bac", vi: "Phường An Hải Bắc", en: "An Hai Bac ward", parent: "quan-son-tra", aliases: "An Hải Bắc", total: "56.39", rank2018: 54},
	{code: "x-hoa-nhon", vi: "Xã Hòa Nhơn", en: "Hoa Nhon commune", parent: "huyen-hoa-vang", aliases: "Hòa Nhơn;Hoà Nhơn", total: "55.58", rank2018: 35},
	{code: "x-hoa-phu", vi: "Xã Hòa Phú", en: "Hoa Phu commune", parent: "huyen-hoa-vang", aliases: "Hòa Phú;Hoà Phú", total: "55.02", rank2018: 52},
	{code: "p-thanh-binh", vi: "Phường Thanh Bình", en: "Thanh Binh ward", parent: "quan-hai-chau", aliases: "Thanh Bình", total: "54.15", rank2018: 55},
	{code: "p-hoa-phat", vi: "Phường Hòa Phát", en: "Hoa Phat ward", parent: "quan-cam-le", aliases: "Hòa Phát;Hoà Phát", total: "53.66", rank2018: 42},
	{code: "p-tam-thuan", vi: "Phường Tam Thuận", en: "Tam Thuan ward", parent: "quan-thanh-khe", aliases: "Tam Thuận", total: "52.89", rank2018: 41},
	{code: "p-thach-thang", vi: "Phường Thạch Thang", en: "Thach Thang ward", parent: "quan-hai-chau", aliases: "Thạch Thang", total: "52.30", rank2018: 56},
	{code: "p-my-an", vi: "Phường Mỹ An", en: "My An ward", parent: "quan-ngu-hanh-son", aliases: "Mỹ An", total: "48.36", rank2018: 37},
	{code: "p-hoa-quy", vi: "Phường Hòa Quý", en: "Hoa Quy ward", parent: "quan-ngu-hanh-son", aliases: "Hòa Quý;Hoà Quý", total: "46.92", rank2018: 53},
	{code: "p-khue-my", vi: "Phường Khuê Mỹ", en: "Khue My ward", parent: "quan-ngu-hanh-son", aliases: "Khuê Mỹ", total: "44.75", rank2018: 49},
}
